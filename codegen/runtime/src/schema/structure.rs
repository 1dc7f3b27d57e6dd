//! Structures: the table of their members, and their builders.

use std::marker::PhantomData;

/// Gives a structure its form on the wire and its builder.
///
/// The first argument is the builder's module and name, the second the members that have to be given, the third all members with
/// the type that a setter takes and the name on the wire. A member is `required`; `optional`, that is an `Option`, with the name of
/// the setter that takes one; or `defaulted`, with the default. `.timestamps(format)` behind it says how timestamps in it are
/// written.
///
/// ```
/// use smithy_rt::DateTime;
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub struct Job { pub id: String, pub tries: i32, pub ended: Option<DateTime> }
///
/// smithy_rt::structure!(job_builder::JobBuilder, [id], Job {
///     id: required::<impl Into<String>>("Id"),
///     tries: defaulted::<i32>("Tries", 1),
///     ended: optional::<DateTime>("Ended", maybe_ended).timestamps(HttpDate),
/// });
///
/// let job = Job::builder().id("a").ended(DateTime::from_secs(0)).build();
/// let json = r#"{"Id":"a","Tries":1,"Ended":"Thu, 01 Jan 1970 00:00:00 GMT"}"#;
/// assert_eq!(serde_json::to_string(&job).unwrap(), json);
/// assert_eq!(serde_json::from_str::<Job>(json).unwrap(), job);
/// ```
#[macro_export]
macro_rules! structure {
    (
        $(@$role:ident)?
        $module:ident::$builder:ident,
        [$($needed:ident),* $(,)?],
        $name:ident {
            $($field:ident: $presence:ident::<$argument:ty $(,)?>($wire:literal $(, $($extra:tt)*)?) $(.timestamps($format:ident $(,)?))?),* $(,)?
        } $(,)?
    ) => {
        $crate::builder!($module::$builder, [$($needed),*], $name {
            $($field: $presence::<$argument>($wire $(, $($extra)*)?)),*
        });

        impl $crate::wire::Value for $name {
            $(const IS_REQUEST: bool = $crate::__is_request!($role);)?

            fn zero() -> Self {
                Self::__zero()
            }

            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::Structure(self)
            }

            fn slot(&mut self) -> $crate::wire::Slot<'_> {
                $crate::wire::Slot::Structure(self)
            }
        }

        impl $crate::wire::Structure for $name {
            fn members(&self) -> &'static [$crate::wire::Member] {
                const {
                    &[$(
                        $crate::__member!($presence $wire)
                            $(.timestamps($crate::wire::TimestampFormat::$format))?
                    ),*]
                }
            }

            #[allow(unused_variables)] // There may be no member.
            fn member_view(&self, index: usize) -> $crate::wire::View<'_> {
                $(if index == $module::Member::$field as usize {
                    return $crate::wire::Value::view(&self.$field);
                })*
                $crate::wire::View::Null
            }

            #[allow(unused_variables)]
            fn member_slot(&mut self, index: usize) -> $crate::wire::Slot<'_> {
                $(if index == $module::Member::$field as usize {
                    return $crate::wire::Value::slot(&mut self.$field);
                })*
                $crate::wire::Slot::Unit
            }
        }

        $crate::__serde!($name);
    };
}

/// Gives a structure its builder, as [`structure!`](crate::structure) does, but no form on the wire.
///
/// A builder that lacks a required member does not build:
///
/// ```compile_fail
/// #[derive(Clone, Debug)]
/// pub struct Job { pub id: String }
///
/// smithy_rt::builder!(job_builder::JobBuilder, [id], Job { id: required::<impl Into<String>>("Id") });
///
/// Job::builder().build();
/// ```
///
/// With it, it does:
///
/// ```
/// # #[derive(Clone, Debug)]
/// # pub struct Job { pub id: String }
/// # smithy_rt::builder!(job_builder::JobBuilder, [id], Job { id: required::<impl Into<String>>("Id") });
/// Job::builder().id("a").build();
/// ```
#[macro_export]
macro_rules! builder {
    (
        $module:ident::$builder:ident,
        [$($needed:ident),* $(,)?],
        $name:ident {
            $($field:ident: $presence:ident::<$argument:ty $(,)?>($wire:literal $(, $($extra:tt)*)?)),* $(,)?
        } $(,)?
    ) => {
        impl $name {
            /// A builder, to be given what is required and what else is known.
            pub fn builder() -> $builder {
                $builder(Self::__zero(), ::core::marker::PhantomData)
            }

            /// Zero values and defaults.
            fn __zero() -> Self {
                Self {
                    $($field: $crate::__zero!($presence $($($extra)*)?)),*
                }
            }
        }

        #[doc = ::core::concat!("Builds [`", ::core::stringify!($name), "`], member by member.")]
        #[must_use = "nothing is built until `build` is called"]
        pub struct $builder<Given = ()>($name, ::core::marker::PhantomData<Given>);

        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code)]
        pub mod $module {
            // The members that a builder has to be given.
            $(pub enum $needed {})*

            // All members, for their indices.
            pub(super) enum Member {
                $($field),*
            }
        }

        impl<Given> $builder<Given> {
            $($crate::__setter!($presence $module $builder $field $argument $(, $($extra)*)?);)*

            /// Ends the building: all that is required has been given.
            #[allow(non_camel_case_types)]
            pub fn build<$($needed),*>(self) -> $name
            where
                $(Given: $crate::wire::Has<$module::$needed, $needed>),*
            {
                self.0
            }
        }

        impl<Given> ::core::fmt::Debug for $builder<Given> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_tuple(::core::stringify!($builder)).field(&self.0).finish()
            }
        }
    };
}

/// Gives the input of an operation its form on the wire and its builder, as [`structure!`](crate::structure) does for others. serde
/// reads it only if the model knows all members in it, however deep.
///
/// ```
/// #[derive(Clone, Debug)]
/// pub struct GetJobRequest { pub id: String }
///
/// smithy_rt::request!(get_job_request_builder::GetJobRequestBuilder, [id], GetJobRequest {
///     id: required::<impl Into<String>>("Id"),
/// });
///
/// let error = serde_json::from_str::<GetJobRequest>(r#"{"ID":"a"}"#).unwrap_err();
/// assert!(error.to_string().starts_with("unknown field `ID`, expected `Id`"));
/// ```
#[macro_export]
macro_rules! request {
    ($($structure:tt)*) => {
        $crate::structure!(@request $($structure)*);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __is_request {
    (request) => {
        true
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __zero {
    (optional $($maybe:tt)*) => {
        ::core::option::Option::None
    };
    (defaulted $default:expr $(,)?) => {
        $default
    };
    ($($presence:tt)*) => {
        $crate::wire::Value::zero()
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __member {
    (required $wire:literal) => {
        $crate::wire::Member::required($wire)
    };
    ($presence:ident $wire:literal) => {
        $crate::wire::Member::optional($wire)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    (required $module:ident $builder:ident $field:ident $argument:ty $(,)?) => {
        #[doc = ::core::concat!("Gives `", ::core::stringify!($field), "`, which is required.")]
        pub fn $field(mut self, $field: $argument) -> $builder<($module::$field, Given)> {
            self.0.$field = $field.into();
            $builder(self.0, ::core::marker::PhantomData)
        }
    };
    (optional $module:ident $builder:ident $field:ident $argument:ty, $maybe:ident $(,)?) => {
        #[doc = ::core::concat!("Gives `", ::core::stringify!($field), "`.")]
        pub fn $field(mut self, $field: $argument) -> Self {
            self.0.$field = ::core::option::Option::Some($field.into());
            self
        }

        #[doc = ::core::concat!("Gives `", ::core::stringify!($field), "`, or takes it back.")]
        pub fn $maybe(mut self, $field: ::core::option::Option<$argument>) -> Self {
            self.0.$field = $field.map(::core::convert::Into::into);
            self
        }
    };
    (defaulted $module:ident $builder:ident $field:ident $argument:ty, $default:expr $(,)?) => {
        #[doc = ::core::concat!("Gives `", ::core::stringify!($field), "`, which has a default.")]
        pub fn $field(mut self, $field: $argument) -> Self {
            self.0.$field = $field.into();
            self
        }
    };
}

/// Whether a builder has been given a `Member`: `Given` is a list of what it has been given, and `Where` says where in it.
#[diagnostic::on_unimplemented(
    message = "the required member `{Member}` has not been given",
    label = "call the setter of this name before `build`"
)]
pub trait Has<Member, Where> {}

/// [`Has`]: what was given last.
#[derive(Clone, Copy, Debug)]
pub enum Last {}

/// [`Has`]: what was given before that.
#[derive(Debug)]
pub struct Before<Where>(PhantomData<Where>);

impl<Member, Rest> Has<Member, Last> for (Member, Rest) {}

impl<Member, Other, Rest: Has<Member, Where>, Where> Has<Member, Before<Where>> for (Other, Rest) {}
