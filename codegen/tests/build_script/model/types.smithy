$version: "2.0"

namespace example.weather.types

/// A temperature in degrees.
double Celsius

/// The look of the sky.
enum Sky {
    CLEAR = "clear"
    CLOUDY = "cloudy"
}

/// Nobody knows the city.
@error("client")
structure NoSuchCity {
    message: String
}
