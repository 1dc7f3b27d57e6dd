//! Waiters: calling an operation until a resource has reached a state, as `smithy.waiters#waitable` says.
//!
//! A generated function makes a [`Waiter`] of a [`Definition`] and of a function that looks at what a call brought and
//! gives a [`Verdict`]. The waiter calls, asks, and waits in between, with Smithy's exponential backoff and jitter.
//! What depends on the operation is behind a trait object, so that it is compiled with the generated crate, not
//! with every crate that awaits a waiter.

mod schedule;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use self::schedule::{Schedule, Stop};
use crate::ending::{Ending, Kind};
use crate::{Call, Client, Failure, Operation};

/// A waiter as the model has it.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    name: &'static str,
    min_delay: Duration,
    max_delay: Duration,
}

impl Definition {
    /// A waiter with its name in the model, and its shortest and longest delay in seconds.
    pub const fn new(name: &'static str, min_delay: u64, max_delay: u64) -> Self {
        Self {
            name,
            min_delay: Duration::from_secs(min_delay),
            max_delay: Duration::from_secs(max_delay),
        }
    }
}

/// What a waiter makes of a response or of an error of the service.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// The state has been reached.
    Success,
    /// Not yet.
    Retry,
    /// It will never be reached.
    Failure(Reason),
    /// The model says nothing about it: wait on after a response, give up after an error.
    NoMatch,
}

/// Which state says that the wanted one will never be reached, and what the service says about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reason {
    what: &'static str,
    state: String,
    message: Option<String>,
}

impl Verdict {
    /// A failure, because `what` is `state`. For an error, this is not shown: the error itself says more.
    pub fn failure(what: &'static str, state: impl Into<String>, message: Option<&str>) -> Self {
        Self::Failure(Reason {
            what,
            state: state.into(),
            message: message.map(str::to_owned),
        })
    }
}

/// Whether there is a string, and each one is the expected one (`allStringEquals`).
pub fn all_equal<'a>(values: impl IntoIterator<Item = &'a str>, expected: &str) -> bool {
    let mut values = values.into_iter().peekable();
    values.peek().is_some() && values.all(|value| value == expected)
}

/// Whether one of the strings is the expected one (`anyStringEquals`).
pub fn any_equal<'a>(values: impl IntoIterator<Item = &'a str>, expected: &str) -> bool {
    values.into_iter().any(|value| value == expected)
}

/// Waits until a resource has reached a state. It does nothing until it is awaited.
///
/// `.await` gives the response that shows the state; `R` is an `Option` of it where the state may also show in an error, as
/// when a resource is gone. To see progress, take the responses one by one with [`next`](Self::next) instead.
///
/// It ends as soon as the state has been reached or cannot be reached any more, when an error comes that the client's
/// retries did not mend, and after [`max_wait`](Self::max_wait); without one it waits for as long as it takes.
#[must_use = "a waiter does nothing until it is awaited"]
pub struct Waiter<T, F, R = T> {
    schedule: Schedule,
    polls: Box<dyn Polls<T, F, R> + Send>,
}

/// Looks at what a call brought: at the response, or at an error of the service.
pub type Judge<O> = fn(
    &<O as Operation>::Request,
    Result<&<O as Operation>::Response, &<O as Operation>::Error>,
) -> Verdict;

impl<T, F> Waiter<T, F> {
    /// A waiter whose state only shows in responses.
    pub fn of<O>(
        client: &Client,
        request: O::Request,
        definition: &Definition,
        judge: Judge<O>,
    ) -> Self
    where
        O: Operation<Response = T>,
        O::Request: Clone + Send,
        T: Send + 'static,
        F: From<Failure<O::Error>> + Send + 'static,
    {
        Waiter::new::<O>(client, request, definition, judge, |response| response)
    }
}

impl<T, F> Waiter<T, F, Option<T>> {
    /// A waiter whose state may also show in an error, so that there is no response in the end.
    pub fn maybe<O>(
        client: &Client,
        request: O::Request,
        definition: &Definition,
        judge: Judge<O>,
    ) -> Self
    where
        O: Operation<Response = T>,
        O::Request: Clone + Send,
        T: Send + 'static,
        F: From<Failure<O::Error>> + Send + 'static,
    {
        Waiter::new::<O>(client, request, definition, judge, Some)
    }
}

impl<T, F, R> Waiter<T, F, R> {
    fn new<O>(
        client: &Client,
        request: O::Request,
        definition: &Definition,
        judge: Judge<O>,
        complete: fn(Option<T>) -> Option<R>,
    ) -> Self
    where
        O: Operation<Response = T>,
        O::Request: Clone + Send,
        T: Send + 'static,
        F: From<Failure<O::Error>> + Send + 'static,
        R: Send + 'static,
    {
        Self {
            schedule: Schedule::new(client, definition),
            polls: Box::new(Machine::<O, F, R> {
                client: client.clone(),
                request,
                name: definition.name,
                judge,
                complete,
                state: State::Waiting,
            }),
        }
    }

    /// Ends with an error once it has waited for this long, after one last poll.
    pub fn max_wait(mut self, max_wait: Duration) -> Self {
        self.schedule.max_wait = Some(max_wait);
        self
    }

    /// Waits at least this long between two polls. The model has a default.
    pub fn min_delay(mut self, min_delay: Duration) -> Self {
        self.schedule.min_delay = min_delay;
        self
    }

    /// Waits at most this long between two polls. The model has a default.
    pub fn max_delay(mut self, max_delay: Duration) -> Self {
        self.schedule.max_delay = max_delay;
        self
    }

    /// Waits for the next poll, and gives its response; `None` once the state has been reached.
    ///
    /// A response that says that the state will never be reached is followed by the error. Errors
    /// that say "not yet" are passed over.
    #[allow(clippy::should_implement_trait)] // It is to be awaited, as that of streams.
    pub fn next(&mut self) -> NextPoll<'_, T, F> {
        NextPoll(self.polls.next(&mut self.schedule))
    }
}

impl<T, F, R> IntoFuture for Waiter<T, F, R> {
    type Output = Result<R, F>;
    type IntoFuture = WaiterFuture<R, F>;

    fn into_future(self) -> WaiterFuture<R, F> {
        WaiterFuture(self.polls.wait(self.schedule))
    }
}

impl<T, F, R> fmt::Debug for Waiter<T, F, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Waiter").field(&self.schedule).finish()
    }
}

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What [`Waiter::next`] returns.
#[must_use = "a future does nothing until it is awaited"]
pub struct NextPoll<'a, T, F>(BoxFuture<'a, Option<Result<T, F>>>);

impl<T, F> Future for NextPoll<'_, T, F> {
    type Output = Option<Result<T, F>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T, F> fmt::Debug for NextPoll<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NextPoll").finish_non_exhaustive()
    }
}

/// A [`Waiter`] on its way.
#[must_use = "a future does nothing until it is awaited"]
pub struct WaiterFuture<R, F>(BoxFuture<'static, Result<R, F>>);

impl<R, F> Future for WaiterFuture<R, F> {
    type Output = Result<R, F>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<R, F> fmt::Debug for WaiterFuture<R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaiterFuture").finish_non_exhaustive()
    }
}

/// What depends on the operation.
trait Polls<T, F, R> {
    fn next<'a>(&'a mut self, schedule: &'a mut Schedule) -> BoxFuture<'a, Option<Result<T, F>>>;
    fn wait(self: Box<Self>, schedule: Schedule) -> BoxFuture<'static, Result<R, F>>;
}

struct Machine<O: Operation, F, R> {
    client: Client,
    request: O::Request,
    name: &'static str,
    judge: Judge<O>,
    complete: fn(Option<O::Response>) -> Option<R>,
    state: State<F>,
}

enum State<F> {
    Waiting,
    /// The error that is still to be returned.
    Failed(F),
    Over,
}

impl<F> State<F> {
    /// Whether it is over, with the error that is still to be returned. While it waits, nothing changes, so that a
    /// future which is dropped loses nothing.
    fn take_over(&mut self) -> Option<Option<F>> {
        match self {
            Self::Waiting => None,
            Self::Failed(_) | Self::Over => match std::mem::replace(self, Self::Over) {
                Self::Failed(error) => Some(Some(error)),
                _ => Some(None),
            },
        }
    }
}

/// What came of a poll; the response, where there is one.
enum Polled<T, F> {
    Retry(Option<T>),
    Success(Option<T>),
    Failure(Option<T>, F),
}

impl<O, F, R> Polls<O::Response, F, R> for Machine<O, F, R>
where
    O: Operation,
    O::Request: Clone + Send,
    O::Response: Send,
    F: From<Failure<O::Error>> + Send + 'static,
    R: Send + 'static,
{
    fn next<'a>(
        &'a mut self,
        schedule: &'a mut Schedule,
    ) -> BoxFuture<'a, Option<Result<O::Response, F>>> {
        Box::pin(async move {
            loop {
                if let Some(over) = self.state.take_over() {
                    return over.map(Err);
                }
                let (response, state) = match self.poll(schedule).await {
                    Polled::Retry(response) => (response, State::Waiting),
                    Polled::Success(response) => (response, State::Over),
                    Polled::Failure(response, error) => (response, State::Failed(error)),
                };
                self.state = state;
                if let Some(response) = response {
                    return Some(Ok(response));
                }
            }
        })
    }

    fn wait(mut self: Box<Self>, mut schedule: Schedule) -> BoxFuture<'static, Result<R, F>> {
        Box::pin(async move {
            if let Some(over) = self.state.take_over() {
                return Err(over.unwrap_or_else(|| self.ended(Kind::OverAlready)));
            }
            loop {
                match self.poll(&mut schedule).await {
                    Polled::Retry(_) => {}
                    Polled::Failure(_, error) => return Err(error),
                    Polled::Success(response) => {
                        return (self.complete)(response)
                            .ok_or_else(|| self.ended(Kind::OverAlready));
                    }
                }
            }
        })
    }
}

impl<O, F, R> Machine<O, F, R>
where
    O: Operation,
    O::Request: Clone,
    F: From<Failure<O::Error>>,
{
    /// Waits until it is time, and polls.
    async fn poll(&mut self, schedule: &mut Schedule) -> Polled<O::Response, F> {
        match schedule.wait_for_next_poll().await {
            Ok(()) => {}
            Err(Stop::NoSleep) => return Polled::Failure(None, self.ended(Kind::NoSleep)),
            Err(Stop::TimedOut { after, polls }) => {
                return Polled::Failure(None, self.ended(Kind::TimedOut { after, polls }));
            }
        }
        let call: Call<O::Response, Failure<O::Error>> =
            Call::of::<O>(&self.client, self.request.clone());
        match call.await {
            Ok(response) => match (self.judge)(&self.request, Ok(&response)) {
                Verdict::Success => Polled::Success(Some(response)),
                Verdict::Retry | Verdict::NoMatch => Polled::Retry(Some(response)),
                Verdict::Failure(Reason {
                    what,
                    state,
                    message,
                }) => {
                    let error = self.ended(Kind::Failed {
                        what,
                        state,
                        message,
                    });
                    Polled::Failure(Some(response), error)
                }
            },
            Err(error) => {
                let judge = |service_error| (self.judge)(&self.request, Err(service_error));
                match error.as_service_error().map(judge) {
                    Some(Verdict::Success) => Polled::Success(None),
                    Some(Verdict::Retry) => Polled::Retry(None),
                    _ => Polled::Failure(None, F::from(error)),
                }
            }
        }
    }

    fn ended(&self, kind: Kind) -> F {
        F::from(Ending::new(self.name, kind).into_failure(O::METADATA))
    }
}
