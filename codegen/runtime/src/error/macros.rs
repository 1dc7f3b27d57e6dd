//! The parts of a generated error that follow from its name.

/// Implements `Display` and `std::error::Error` for an error structure that is a [`ModeledError`](crate::ModeledError).
#[macro_export]
macro_rules! modeled_error {
    ($name:ident $(,)?) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::__private::fmt_modeled(
                    f,
                    <Self as $crate::ModeledError>::CODE,
                    $crate::ModeledError::message(self),
                )
            }
        }

        impl ::std::error::Error for $name {}
    };
}

/// Implements [`OperationError`](crate::OperationError), `Display` and `std::error::Error` for the errors of an operation, and
/// conversions from each of them, and into the crate's `ServiceError` and `Error`.
///
/// The enum has one variant per error structure, of the same name, and `Unmodeled`.
#[macro_export]
#[allow(clippy::crate_in_macro_def)] // The generated crate's own types are meant.
macro_rules! operation_error {
    ($name:ident { $($variant:ident),* $(,)? } $(,)?) => {
        $crate::__error_enum!($name { $($variant),* });

        impl ::std::convert::From<$name> for crate::ServiceError {
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(error) => Self::$variant(error),)*
                    $name::Unmodeled(error) => Self::Unmodeled(error),
                }
            }
        }

        impl ::std::convert::From<crate::Error<$name>> for crate::Error {
            fn from(error: crate::Error<$name>) -> Self {
                error.map()
            }
        }
    };
}

/// Implements the errors of a service: as [`operation_error!`], without the conversions into other errors.
#[macro_export]
macro_rules! service_error {
    ($name:ident { $($variant:ident),* $(,)? } $(,)?) => {
        $crate::__error_enum!($name { $($variant),* });
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __error_enum {
    ($name:ident { $($variant:ident),* }) => {
        impl $crate::OperationError for $name {
            fn kind_of(code: &str) -> ::std::option::Option<$crate::ErrorKind> {
                const KINDS: &[(&str, ::std::option::Option<$crate::ErrorKind>)] = &[$((
                    <$variant as $crate::ModeledError>::CODE,
                    <$variant as $crate::ModeledError>::KIND,
                )),*];
                $crate::__private::kind_of(code, KINDS)
            }

            fn decode(response: &$crate::ErrorResponse) -> Self {
                $(if let ::std::option::Option::Some(error) = response.read() {
                    return Self::$variant(error);
                })*
                Self::Unmodeled(response.unmodeled())
            }

            fn variant(&self) -> &(dyn $crate::ErrorVariant + 'static) {
                match self {
                    $(Self::$variant(error) => error,)*
                    Self::Unmodeled(error) => error,
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt($crate::OperationError::variant(self), f)
            }
        }

        impl ::std::error::Error for $name {}

        $(impl ::std::convert::From<$variant> for $name {
            #[inline]
            fn from(error: $variant) -> Self {
                Self::$variant(error)
            }
        })*
    };
}

/// Implements everything about the crate's `Error<E>`, a struct that holds a [`Failure<E>`](crate::Failure).
#[macro_export]
macro_rules! error_type {
    ($name:ident $(,)?) => {
        impl<E> $name<E> {
            /// Converts the error into the service's own, if the service answered with one.
            ///
            /// # Errors
            /// Returns this error unchanged if the call failed for another reason.
            pub fn into_service_error(self) -> ::std::result::Result<E, Self> {
                self.0.into_service_error().map_err(Self::from)
            }

            /// Converts the error into one with another type for the service's errors.
            pub(crate) fn map<W: ::std::convert::From<E>>(self) -> $name<W> {
                $name(self.0.map())
            }
        }

        impl<E> ::std::ops::Deref for $name<E> {
            type Target = $crate::Failure<E>;

            fn deref(&self) -> &$crate::Failure<E> {
                &self.0
            }
        }

        impl<E: $crate::OperationError> ::std::fmt::Debug for $name<E> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl<E: $crate::OperationError> ::std::fmt::Display for $name<E> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl<E: $crate::OperationError> ::std::error::Error for $name<E> {}

        impl<E: $crate::OperationError> $crate::ProvideErrorMetadata for $name<E> {
            fn meta(&self) -> &$crate::ErrorMetadata {
                $crate::ProvideErrorMetadata::meta(&self.0)
            }
        }

        impl<E> ::std::convert::From<$crate::Failure<E>> for $name<E> {
            fn from(failure: $crate::Failure<E>) -> Self {
                Self(failure)
            }
        }

        impl<E> ::std::convert::From<$crate::SdkError<E>> for $name<E> {
            fn from(error: $crate::SdkError<E>) -> Self {
                Self::from($crate::Failure::from(error))
            }
        }

        impl<E> ::std::convert::From<$name<E>> for $crate::SdkError<E> {
            fn from(error: $name<E>) -> Self {
                Self::from(error.0)
            }
        }
    };
}
