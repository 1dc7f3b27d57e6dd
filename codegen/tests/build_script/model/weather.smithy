$version: "2.0"

namespace example.weather

use aws.protocols#awsJson1_1
use example.weather.types#Celsius
use example.weather.types#NoSuchCity
use example.weather.types#Sky

/// Tells what the weather will be.
@title("Example Weather")
@awsJson1_1
service Weather {
    version: "2026-01-01"
    operations: [
        GetForecast
    ]
}

/// Tells what the weather will be in a city.
@readonly
operation GetForecast {
    input := {
        /// The name of the city.
        @required
        city: String

        /// The number of days from today.
        days: Integer = 1
    }

    output := {
        /// Between none, 0, and certainty, 1.
        chanceOfRain: Float

        @required
        sky: Sky

        high: Celsius
    }

    errors: [
        NoSuchCity
    ]
}
