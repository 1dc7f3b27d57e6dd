//! Structures: the table of their members.

/// Implements the form on the wire and the builder of a structure.
///
/// The first argument is the builder's module and name, the second the members that have to be given, the third all members with
/// the type that a setter takes and the name in the model. A member is `required`; `optional`, that is an `Option`, with the name of
/// the setter that takes one; or `defaulted`, with the default. `.timestamps(format)` behind it says how timestamps in it are
/// written, `.location(location)` which part of a message holds it, if not the body, `.xml(form)` its form in XML, and the attributes
/// before it, such as its documentation, are those of its setter. Last comes what the structure can be besides: `Eq`, or `Eq + Hash`. The structure must be in a module, not in a function.
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
/// }, Eq + Hash);
///
/// # fn main() {
/// let job = Job::builder().id("a").ended(DateTime::from_secs(0)).build();
/// let json = r#"{"Id":"a","Tries":1,"Ended":"Thu, 01 Jan 1970 00:00:00 GMT"}"#;
/// assert_eq!(serde_json::to_string(&job).unwrap(), json);
/// assert_eq!(serde_json::from_str::<Job>(json).unwrap(), job);
/// # }
/// ```
#[macro_export]
macro_rules! structure {
    (
        $(@$role:ident)? $module:ident::$builder:ident, $needed:tt, $name:ident $members:tt
        $(, $derived:ident $(+ $also:ident)*)? $(,)?
    ) => {
        $crate::__builder!(zero $module $builder $needed $needed $name $members);
        $crate::__table!([$($role)?] $module $name $members);
        $crate::__serde!($name);
        $($crate::__derive!($name $derived $($also)*);)?
    };
}

/// Implements the form on the wire and the builder of the input of an operation, as [`structure!`](crate::structure) for others. serde
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
/// # fn main() {
/// let error = serde_json::from_str::<GetJobRequest>(r#"{"ID":"a"}"#).unwrap_err();
/// assert!(error.to_string().starts_with("unknown field `ID`, expected `Id`"));
/// # }
/// ```
#[macro_export]
macro_rules! request {
    ($($structure:tt)*) => {
        $crate::structure!(@request $($structure)*);
    };
}

/// Implements the builder of an input or output that holds a stream of events or bytes, and the form on the wire of its other members,
/// as [`structure!`](crate::structure) does for others. It is neither read nor written by serde: a stream is no value.
///
/// ```ignore
/// smithy_rt::streaming!(watch_response_builder::WatchResponseBuilder, [id, events], WatchResponse {
///     id: required::<impl Into<String>>("Id"),
/// }, Stream { events: required::<EventStream<JobEvent>>("Events") });
/// ```
#[cfg(feature = "stream")]
#[macro_export]
macro_rules! streaming {
    (
        $module:ident::$builder:ident, $needed:tt,
        $name:ident {
            $(
                $(#[$attribute:meta])*
                $field:ident: $presence:ident::<$argument:ty $(,)?>($($member:tt)*) $(.timestamps($format:ident $(,)?))?
                $(.location($($location:tt)*))?
                $(.xml($($xml:tt)*))?
            ),* $(,)?
        },
        Stream {
            $(#[$stream_attribute:meta])*
            $stream:ident: $stream_presence:ident::<$type:ty $(,)?>($($stream_member:tt)*) $(,)?
        } $(,)?
    ) => {
        $crate::__builder!(stream $module $builder $needed $needed $name {
            $(
                $(#[$attribute])*
                $field: $presence::<$argument>($($member)*) $(.timestamps($format))? $(.location($($location)*))? $(.xml($($xml)*))?,
            )*
            $(#[$stream_attribute])*
            $stream: $stream_presence::<$type>($($stream_member)*)
        });
        $crate::__table!([] $module $name {
            $($field: $presence::<$argument>($($member)*) $(.timestamps($format))? $(.location($($location)*))? $(.xml($($xml)*))?,)*
        } $stream);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __is_request {
    (request) => {
        true
    };
}

/// A structure's form on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __table {
    (
        [$($role:ident)?] $module:ident $name:ident {
            $(
                $(#[$attribute:meta])*
                $field:ident: $presence:ident::<$argument:ty $(,)?>($member:literal $(, $($extra:tt)*)?) $(.timestamps($format:ident $(,)?))?
                $(.location($location:ident $(($place:literal $(,)?))? $(,)?))?
                $(.xml($($xml:tt)*))?
            ),* $(,)?
        }
        $($stream:ident)?
    ) => {
        impl $crate::schema::Value for $name {
            $(const IS_REQUEST: bool = $crate::__is_request!($role);)?

            fn zero() -> Self {
                Self {
                    $($field: $crate::__zero!($presence $($($extra)*)?),)*
                    $($stream: ::core::default::Default::default(),)?
                }
            }

            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Structure(self)
            }

            fn slot(&mut self) -> $crate::schema::Slot<'_> {
                $crate::schema::Slot::Structure(self)
            }
        }

        impl $crate::schema::Structure for $name {
            fn members(&self) -> &'static [$crate::schema::Member] {
                const {
                    &[$(
                        $crate::__member!($presence $member)
                            $(.timestamps($crate::schema::TimestampFormat::$format))?
                            $(.location($crate::schema::Location::$location $(($place))?))?
                            $(.xml($crate::xml!($($xml)*)))?
                    ),*]
                }
            }

            #[allow(unused_variables)] // There may be no member.
            fn member_view(&self, index: usize) -> $crate::schema::View<'_> {
                $(if index == $module::Member::$field as usize {
                    return $crate::schema::Value::view(&self.$field);
                })*
                $crate::schema::View::Null
            }

            #[allow(unused_variables)]
            fn member_slot(&mut self, index: usize) -> $crate::schema::Slot<'_> {
                $(if index == $module::Member::$field as usize {
                    return $crate::schema::Value::slot(&mut self.$field);
                })*
                $crate::schema::Slot::Unit
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __member {
    (required $member:literal) => {
        $crate::schema::Member::required($member)
    };
    ($presence:ident $member:literal) => {
        $crate::schema::Member::optional($member)
    };
}

/// `Eq` and `Hash` of a [`Value`](crate::schema::Value), by its view: what std derives would take longer to compile.
#[doc(hidden)]
#[macro_export]
macro_rules! __derive {
    ($name:ident Eq) => {
        impl ::core::cmp::Eq for $name {}
    };
    ($name:ident Eq Hash) => {
        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $crate::__private::hash($crate::schema::Value::view(self), state)
            }
        }
    };
}
