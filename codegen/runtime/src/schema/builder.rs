//! Builders of structures, which know in their types what has been set.
//!
//! A builder has one type parameter for each required member, with the member's name: [`Set`] or [`Unset`]. One that is handed on
//! before it is complete has a type such as `JobBuilder<Set, Unset>`. `build` compiles once all of them are [`Set`].
//!
//! A builder is the structure itself, which starts from zero values: setters write into it, and `build` hands it over. There is no
//! `Option` per member and nothing to check at run time: the states exist in types alone.

use std::fmt;

/// The state of a required member that has been set.
#[derive(Clone, Copy, Debug)]
pub enum Set {}

/// The state of a required member that has not been set yet.
#[derive(Clone, Copy, Debug)]
pub enum Unset {}

/// A state in which a builder may build: [`Set`], whatever the required member. `Member` is there for the compiler to name it.
#[diagnostic::on_unimplemented(
    message = "the required member `{Member}` has not been given",
    label = "call the setter of this name before `build`"
)]
pub trait IsSet<Member> {}

impl<Member> IsSet<Member> for Set {}

/// Implements the builder of a structure, as [`structure!`](crate::structure) does, but no form on the wire.
///
/// The structure must be in a module, not in a function. Attributes and documentation in the table go to the setter. A builder that lacks a required member does not build:
///
/// ```compile_fail,E0277
/// #[derive(Clone, Debug)]
/// pub struct Job { pub id: String }
///
/// smithy_rt::builder!(job_builder::JobBuilder, [id], Job { id: required::<impl Into<String>>("Id") });
///
/// fn main() {
///     Job::builder().build();
/// }
/// ```
///
/// With it, it does, and the last value counts:
///
/// ```
/// # #[derive(Clone, Debug)]
/// # pub struct Job { pub id: String }
/// # smithy_rt::builder!(job_builder::JobBuilder, [id], Job { id: required::<impl Into<String>>("Id") });
/// # fn main() {
/// assert_eq!(Job::builder().id("a").id("b").build().id, "b");
/// # }
/// ```
#[macro_export]
macro_rules! builder {
    ($module:ident::$builder:ident, $needed:tt, $name:ident $members:tt $(,)?) => {
        $crate::__builder!(fields $module $builder $needed $needed $name $members);
    };
}

/// [`builder!`], with what a builder starts from, and the required members once to go through and once to hand on.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
    (
        $start:ident $module:ident $builder:ident [$($needed:ident),* $(,)?] $all_needed:tt
        $name:ident {
            $(
                $(#[$attribute:meta])*
                $field:ident: $presence:ident::<$argument:ty $(,)?>($member:literal $(, $($extra:tt)*)?) $(.timestamps($format:ident $(,)?))?
                $(.location($location:ident $(($place:literal $(,)?))? $(,)?))?
                $(.xml($($xml:tt)*))?
            ),* $(,)?
        }
    ) => {
        impl $name {
            /// Returns a builder, which has to be given the required members before it builds.
            #[inline]
            pub fn builder() -> $builder {
                let start = $crate::__start!($start $name { $($field $presence ($($($extra)*)?))* });
                $builder(start, ::core::marker::PhantomData)
            }
        }

        #[doc = ::core::concat!("A builder of [`", ::core::stringify!($name), "`].")]
        ///
        /// Its type parameters are the required members: each is `Unset` until its setter has been called, and `Set` from then on.
        // The states are parameters of a function pointer, so that a builder is `Send` and `Sync` whatever they are.
        #[must_use = "nothing is built until `build` is called"]
        #[allow(non_camel_case_types, clippy::builtin_type_shadow)]
        pub struct $builder<$($needed = $crate::builder::Unset),*>(
            $name,
            ::core::marker::PhantomData<fn() -> ($($needed,)*)>,
        );

        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code)]
        pub mod $module {
            // So that the builder has a path that does not lead through the list of types.
            #[allow(unused_imports)]
            pub use super::$builder;

            // The required members, to be named in errors of the compiler.
            $(pub enum $needed {})*

            // All members, for their indices.
            pub(super) enum Member {
                $($field),*
            }
        }

        // A type parameter of the builder after a setter has been called: its own is `Set`, the others stay.
        #[allow(unused_macros)]
        macro_rules! __state {
            $(($needed $needed) => { $crate::builder::Set };)*
            ($setter:ident $parameter:ident) => { $parameter };
        }

        #[allow(non_camel_case_types, clippy::builtin_type_shadow)]
        impl<$($needed),*> $builder<$($needed),*> {
            $($crate::__setter! {
                $presence $all_needed $name $builder $(#[$attribute])* $field $argument $(, $($extra)*)?
            })*

            /// Returns the structure, once all required members have been set.
            #[inline]
            pub fn build(self) -> $name
            where
                $($needed: $crate::builder::IsSet<$module::$needed>),*
            {
                self.0
            }
        }

        $crate::__clone!($start $builder $($needed)*);

        #[allow(non_camel_case_types, clippy::builtin_type_shadow)]
        impl<$($needed),*> ::core::fmt::Debug for $builder<$($needed),*> {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::fmt_builder(f, ::core::stringify!($builder), &self.0)
            }
        }
    };
}

/// `Clone` of a builder, unless what it builds holds a stream.
#[doc(hidden)]
#[macro_export]
macro_rules! __clone {
    (stream $builder:ident $($needed:ident)*) => {};
    ($start:ident $builder:ident $($needed:ident)*) => {
        #[allow(non_camel_case_types, clippy::builtin_type_shadow)]
        impl<$($needed),*> ::core::clone::Clone for $builder<$($needed),*> {
            #[inline]
            fn clone(&self) -> Self {
                Self(::core::clone::Clone::clone(&self.0), self.1)
            }
        }
    };
}

/// The structure that a builder starts from: the zero of a [`Value`](crate::schema::Value), or one that is made from zeros and defaults.
#[doc(hidden)]
#[macro_export]
macro_rules! __start {
    (zero $name:ident $members:tt) => {
        $crate::schema::Value::zero()
    };
    (stream $name:ident $members:tt) => {
        $crate::schema::Value::zero()
    };
    (fields $name:ident { $($field:ident $presence:ident ($($extra:tt)*))* }) => {
        $name {
            $($field: $crate::__zero!($presence $($extra)*)),*
        }
    };
}

/// The value that a member starts from.
#[doc(hidden)]
#[macro_export]
macro_rules! __zero {
    (optional $($maybe:tt)*) => {
        ::core::option::Option::None
    };
    (defaulted $default:expr $(,)?) => {
        $default
    };
    (required) => {
        $crate::schema::Value::zero()
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    (
        required [$($needed:ident),* $(,)?] $name:ident $builder:ident $(#[$attribute:meta])*
        $field:ident $argument:ty $(,)?
    ) => {
        $(#[$attribute])*
        ///
        #[doc = ::core::concat!("Sets [`field@", ::core::stringify!($name), "::", $crate::__plain!($field), "`], which is required.")]
        #[inline]
        pub fn $field(mut self, $field: $argument) -> $builder<$(__state!($field $needed)),*> {
            self.0.$field = ::core::convert::Into::into($field);
            $builder(self.0, ::core::marker::PhantomData)
        }
    };
    (
        optional $needed:tt $name:ident $builder:ident $(#[$attribute:meta])*
        $field:ident $argument:ty, $maybe:ident $(,)?
    ) => {
        $(#[$attribute])*
        ///
        #[doc = ::core::concat!("Sets [`field@", ::core::stringify!($name), "::", $crate::__plain!($field), "`].")]
        #[inline]
        pub fn $field(mut self, $field: $argument) -> Self {
            self.0.$field = ::core::option::Option::Some(::core::convert::Into::into($field));
            self
        }

        /// Sets or clears the member that the setter without `maybe_` sets.
        #[inline]
        pub fn $maybe(mut self, $field: ::core::option::Option<$argument>) -> Self {
            self.0.$field = ::core::option::Option::map($field, ::core::convert::Into::into);
            self
        }
    };
    (
        defaulted $needed:tt $name:ident $builder:ident $(#[$attribute:meta])*
        $field:ident $argument:ty, $default:expr $(,)?
    ) => {
        $(#[$attribute])*
        ///
        #[doc = ::core::concat!("Sets [`field@", ::core::stringify!($name), "::", $crate::__plain!($field), "`], which has a default.")]
        #[inline]
        pub fn $field(mut self, $field: $argument) -> Self {
            self.0.$field = ::core::convert::Into::into($field);
            self
        }
    };
}

/// `JobBuilder(Job { id: "a" })`
#[doc(hidden)]
pub fn fmt_builder(f: &mut fmt::Formatter<'_>, name: &str, built: &dyn fmt::Debug) -> fmt::Result {
    f.debug_tuple(name).field(built).finish()
}

#[cfg(test)]
mod tests {
    use super::{Set, Unset};
    use crate::{Blob, DateTime, Redacted};
    use std::fmt;
    use std::time::SystemTime;

    #[derive(Clone, PartialEq)]
    pub struct Job {
        id: String,
        owner: String,
        secret: Option<Blob>,
        tries: i32,
        ended: Option<DateTime>,
        // As a type, `r#type` is a keyword, and `bool` something else.
        r#type: String,
        bool: bool,
    }

    impl fmt::Debug for Job {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("Job")
                .field("id", &self.id)
                .field("secret", &Redacted)
                .finish_non_exhaustive()
        }
    }

    crate::builder!(
        job_builder::JobBuilder,
        [id, owner, r#type, bool],
        Job {
            /// An id that nobody else has.
            id: required::<impl Into<String>>("Id"),
            owner: required::<impl Into<String>>("Owner"),
            secret: optional::<impl Into<Blob>>("Secret", maybe_secret),
            tries: defaulted::<i32>("Tries", 3),
            ended: optional::<impl Into<DateTime>>("Ended", maybe_ended),
            r#type: required::<impl Into<String>>("Type"),
            bool: required::<::core::primitive::bool>("Bool"),
        }
    );

    #[test]
    fn the_type_says_what_has_been_set() {
        let none: JobBuilder<Unset, Unset, Unset, Unset> = Job::builder();
        let one: JobBuilder<Unset, Set, Unset, Unset> = none.owner("me").tries(5);
        let three: JobBuilder<Set, Set, Set, Unset> = one.id("1").r#type("a");
        let job = three.bool(true).build();
        assert_eq!((job.id.as_str(), job.owner.as_str()), ("1", "me"));
        assert_eq!((job.r#type.as_str(), job.tries, job.bool), ("a", 5, true));
    }

    #[test]
    fn the_last_value_counts() {
        let builder = Job::builder().bool(true).r#type("a").owner("me").id("1");
        let (first, second) = (builder.clone(), builder.id("2").bool(false));
        assert_eq!(first.secret(b"a".to_vec()).build().id, "1");
        let job = second.ended(DateTime::from_secs(1)).secret(vec![]);
        let job = job.maybe_secret(None::<Blob>).build();
        assert_eq!((job.id.as_str(), job.bool, job.secret), ("2", false, None));
    }

    #[test]
    fn setters_take_what_becomes_the_type() {
        let builder = Job::builder().maybe_ended(Some(SystemTime::UNIX_EPOCH));
        let job = builder.id('1').owner("me").r#type("a").bool(true).build();
        assert_eq!(job.ended, Some(DateTime::from_secs(0)));
    }

    #[test]
    fn a_builder_shows_no_more_than_what_it_builds() {
        assert_eq!(
            format!("{:?}", Job::builder().id("1").secret(b"secret".to_vec())),
            r#"JobBuilder(Job { id: "1", secret: *** Sensitive Data Redacted ***, .. })"#
        );
    }
}
