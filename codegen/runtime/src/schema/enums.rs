//! String and int enums: the generated type has its variants, these macros the rest.

/// Implements the conversions, the comparisons and the form on the wire of a string enum.
///
/// The table has the value of every variant but `Unknown`, which holds an [`UnknownValue`](crate::UnknownValue).
///
/// ```
/// use smithy_rt::UnknownValue;
///
/// #[derive(Clone, Debug, Eq, Hash, PartialEq)]
/// enum Level {
///     Strict,
///     Unknown(UnknownValue),
/// }
///
/// smithy_rt::string_enum!(Level {
///     Strict: "strict",
/// });
///
/// assert_eq!(serde_json::from_str::<Level>(r#""strict""#).unwrap(), Level::Strict);
/// assert_eq!(Level::from("loose"), "loose");
/// ```
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident: $value:literal),* $(,)? } $(,)?) => {
        impl $name {
            /// Returns the values that this crate knows, as they are on the wire.
            pub const fn values() -> &'static [&'static str] {
                &[$($value),*]
            }

            /// Returns the value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown($crate::__private::unknown_value(value)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // Not `Self::Err`, which may be a value.
            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::core::cmp::PartialEq<str> for $name {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                // An operator would have the compiler look at all that a `str` compares with.
                <::core::primitive::str as ::core::cmp::PartialEq>::eq(self.as_str(), other)
            }
        }

        impl ::core::cmp::PartialEq<&str> for $name {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                <::core::primitive::str as ::core::cmp::PartialEq>::eq(self.as_str(), other)
            }
        }

        $crate::__ordered!($name as_str);

        impl $crate::schema::Value for $name {
            fn zero() -> Self {
                Self::from("")
            }

            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Text(self.as_str())
            }

            fn slot(&mut self) -> $crate::schema::Slot<'_> {
                $crate::schema::Slot::Text(self)
            }
        }

        $crate::__serde!($name);
    };
}

/// Implements the conversions, the comparisons and the form on the wire of an int enum.
///
/// The table has the value of every variant but `Unknown`, which holds an [`UnknownInteger`](crate::UnknownInteger).
#[macro_export]
macro_rules! int_enum {
    ($name:ident { $($variant:ident: $value:literal),* $(,)? } $(,)?) => {
        impl $name {
            /// Returns the values that this crate knows.
            pub const fn values() -> &'static [i32] {
                &[$($value),*]
            }

            /// Returns the value as it is on the wire.
            pub const fn as_i32(&self) -> i32 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_i32(),
                }
            }
        }

        impl ::core::convert::From<i32> for $name {
            fn from(value: i32) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown($crate::__private::unknown_integer(value)),
                }
            }
        }

        impl ::core::convert::From<$name> for i32 {
            #[inline]
            fn from(value: $name) -> Self {
                value.as_i32()
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i32(), f)
            }
        }

        impl ::core::cmp::PartialEq<i32> for $name {
            #[inline]
            fn eq(&self, other: &i32) -> bool {
                self.as_i32() == *other
            }
        }

        $crate::__ordered!($name as_i32);

        impl $crate::schema::Value for $name {
            const EXACT: bool = true;

            fn zero() -> Self {
                Self::from(0)
            }

            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Integer(self.as_i32() as i64)
            }

            fn slot(&mut self) -> $crate::schema::Slot<'_> {
                $crate::schema::Slot::IntEnum(self)
            }
        }

        $crate::__serde!($name);
    };
}

/// The order of an enum's values on the wire, which stays when a newer model knows more of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __ordered {
    ($name:ident $value:ident) => {
        impl ::core::cmp::Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(&self.$value(), &other.$value())
            }
        }

        impl ::core::cmp::PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }
    };
}

/// serde's traits of a [`Value`](crate::schema::Value).
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident) => {
        impl $crate::serde_core::Serialize for $name {
            fn serialize<S: $crate::serde_core::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::{UnknownInteger, UnknownValue};
    use proptest::prelude::*;
    use std::collections::HashMap;
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};

    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    enum Suit {
        Spades,
        Hearts,
        Unknown(UnknownValue),
    }

    string_enum!(Suit {
        Spades: "spades",
        Hearts: "hearts",
    });

    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    enum Size {
        Small,
        Tiny,
        Unknown(UnknownInteger),
    }

    int_enum!(Size { Small: 1, Tiny: -1 });

    #[test]
    fn a_string_enum_converts_both_ways() {
        assert_eq!(Suit::from("hearts".to_owned()), Suit::Hearts);
        assert_eq!("spades".parse::<Suit>(), Ok(Suit::Spades));
        assert_eq!(Suit::Spades.to_string(), "spades");
        assert_eq!(Suit::Hearts.as_ref(), "hearts");
        assert_eq!(Suit::values(), ["spades", "hearts"]);
    }

    #[test]
    fn enums_compare_with_what_is_on_the_wire() {
        assert_eq!(Suit::Hearts, "hearts");
        assert_eq!(Suit::from("stars"), *"stars");
        assert_ne!(Suit::Hearts, "Hearts");
        assert_eq!(Size::Tiny, -1);
        assert_ne!(Size::from(7), 1);
    }

    #[test]
    fn what_no_variant_stands_for_is_kept_as_unknown() {
        let Suit::Unknown(value) = Suit::from("stars") else {
            panic!("stars are no suit");
        };
        assert_eq!(value.as_str(), "stars");
        assert_eq!(format!("{value} {value:?}"), r#"stars "stars""#);
        let Size::Unknown(value) = Size::from(7) else {
            panic!("7 is no size");
        };
        assert_eq!(value.as_i32(), 7);
        assert_eq!(format!("{value} {value:?}"), "7 7");
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
        assert_eq!(i32::from(Size::from(7)), 7);
        assert_eq!(Size::values(), [1, -1]);
        assert_eq!(Size::Small.to_string(), "1");
        assert!(serde_json::from_str::<Size>("2147483648").is_err());
    }

    fn hash(value: &impl Hash) -> u64 {
        BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
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

        /// `Eq`, `Hash` and `Ord` agree with each other and with what is sent, whether or not the model knows a value.
        #[test]
        fn string_enums_are_what_they_are_sent_as(a in "spades|hearts|s?", b in "spades|hearts|s?") {
            let (left, right) = (Suit::from(a.as_str()), Suit::from(b.as_str()));
            prop_assert_eq!(left == right, a == b);
            prop_assert_eq!(left.cmp(&right), a.cmp(&b));
            prop_assert_eq!(hash(&left) == hash(&right), a == b);
        }

        #[test]
        fn int_enums_are_what_they_are_sent_as(a in -2..3_i32, b in -2..3_i32) {
            let (left, right) = (Size::from(a), Size::from(b));
            prop_assert_eq!(left == right, a == b);
            prop_assert_eq!(left.cmp(&right), a.cmp(&b));
            prop_assert_eq!(hash(&left) == hash(&right), a == b);
        }
    }
}
