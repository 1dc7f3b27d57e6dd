//! String and int enums: the generated type has its values, these macros the rest.

/// Gives a string enum that has `as_str` and `From<&str>` its other conversions and its form on the wire.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// enum Level { Strict, Unknown(String) }
/// impl Level {
///     fn as_str(&self) -> &str {
///         match self { Self::Strict => "strict", Self::Unknown(value) => value }
///     }
/// }
/// impl From<&str> for Level {
///     fn from(value: &str) -> Self {
///         match value { "strict" => Self::Strict, _ => Self::Unknown(value.to_owned()) }
///     }
/// }
/// smithy_rt::string_enum!(Level);
/// assert_eq!(serde_json::from_str::<Level>(r#""strict""#).unwrap(), Level::Strict);
/// ```
#[macro_export]
macro_rules! string_enum {
    ($name:ident $(,)?) => {
        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // Not `Self::Err`, which may be a value.
            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl $crate::wire::Value for $name {
            fn zero() -> Self {
                Self::from("")
            }

            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::Text(self.as_str())
            }

            fn slot(&mut self) -> $crate::wire::Slot<'_> {
                $crate::wire::Slot::Text(self)
            }
        }

        impl $crate::wire::Text for $name {
            fn set(&mut self, text: &str) {
                *self = Self::from(text);
            }
        }

        $crate::__serde!($name);
    };
}

/// Gives an int enum that has `as_i32` and `From<i32>` its other conversions and its form on the wire.
#[macro_export]
macro_rules! int_enum {
    ($name:ident $(,)?) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i32(), f)
            }
        }

        impl ::core::convert::From<$name> for i32 {
            fn from(value: $name) -> Self {
                value.as_i32()
            }
        }

        impl $crate::wire::Value for $name {
            const NUMERIC: bool = true;

            fn zero() -> Self {
                Self::from(0)
            }

            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::Integer(self.as_i32() as i64)
            }

            fn slot(&mut self) -> $crate::wire::Slot<'_> {
                $crate::wire::Slot::IntEnum(self)
            }
        }

        impl $crate::wire::Integer for $name {
            fn set(&mut self, integer: i32) {
                *self = Self::from(integer);
            }
        }

        $crate::__serde!($name);
    };
}

/// serde's traits of a [`Value`](crate::wire::Value).
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident) => {
        impl $crate::serde_core::Serialize for $name {
            fn serialize<S: $crate::serde_core::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::wire::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::wire::deserialize(deserializer)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    enum Suit {
        Hearts,
        Spades,
        Unknown(String),
    }

    impl Suit {
        fn as_str(&self) -> &str {
            match self {
                Self::Hearts => "hearts",
                Self::Spades => "spades",
                Self::Unknown(value) => value,
            }
        }
    }

    impl From<&str> for Suit {
        fn from(value: &str) -> Self {
            match value {
                "hearts" => Self::Hearts,
                "spades" => Self::Spades,
                _ => Self::Unknown(value.to_owned()),
            }
        }
    }

    string_enum!(Suit);

    #[derive(Clone, Debug, Eq, PartialEq)]
    enum Size {
        Small,
        Unknown(i32),
    }

    impl Size {
        fn as_i32(&self) -> i32 {
            match self {
                Self::Small => 1,
                Self::Unknown(value) => *value,
            }
        }
    }

    impl From<i32> for Size {
        fn from(value: i32) -> Self {
            match value {
                1 => Self::Small,
                _ => Self::Unknown(value),
            }
        }
    }

    int_enum!(Size);

    #[test]
    fn a_string_enum_converts_both_ways() {
        assert_eq!(Suit::from("hearts".to_owned()), Suit::Hearts);
        assert_eq!("spades".parse::<Suit>(), Ok(Suit::Spades));
        assert_eq!(Suit::Spades.to_string(), "spades");
        assert_eq!(Suit::Hearts.as_ref(), "hearts");
    }

    #[test]
    fn a_string_enum_is_a_string_and_may_be_a_key() {
        let json = r#"{"hearts":"spades"}"#;
        let map: HashMap<Suit, Suit> = serde_json::from_str(json).unwrap();
        assert_eq!(map, HashMap::from([(Suit::Hearts, Suit::Spades)]));
        assert_eq!(serde_json::to_string(&map).unwrap(), json);
        let error = serde_json::from_str::<Suit>("1").unwrap_err().to_string();
        assert!(
            error.contains("found an integer, expected a string"),
            "{error}"
        );
    }

    #[test]
    fn an_int_enum_is_an_integer() {
        assert_eq!(serde_json::from_str::<Size>("1").unwrap(), Size::Small);
        assert_eq!(serde_json::to_string(&Size::Small).unwrap(), "1");
        assert_eq!(i32::from(Size::Unknown(7)), 7);
        assert_eq!(Size::Small.to_string(), "1");
        assert!(serde_json::from_str::<Size>("2147483648").is_err());
    }

    proptest! {
        #[test]
        fn unknown_values_are_kept(text: String, int: i32) {
            let json = serde_json::to_string(&text).unwrap();
            let value: Suit = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(serde_json::to_string(&value).unwrap(), json);
            let value: Size = serde_json::from_str(&int.to_string()).unwrap();
            prop_assert_eq!(serde_json::to_string(&value).unwrap(), int.to_string());
        }
    }
}
