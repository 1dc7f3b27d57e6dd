//! Waiters: calling an operation until a resource has reached a state, as `smithy.waiters#waitable` says.
//!
//! A generated function makes a [`Waiter`] of a [`Definition`] and of the model's [`Acceptors`], a function from the result of a call
//! to an [`AcceptorState`]. The waiter calls, applies the acceptors, and waits in between, with Smithy's exponential backoff and
//! jitter. The part that depends on the operation is behind a trait object, so that it is compiled with the generated crate, not
//! with every crate that awaits a waiter. It is no more than needs be: sleeping and calling are the same for all operations, and
//! all is polled by hand, since an `async` block would be compiled for each waiter.

mod polls;
mod schedule;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use self::polls::{Poller, StartCall};
use self::schedule::Schedule;
use crate::call::erased::ErasedCall;
use crate::call::{self, Call};
use crate::error::polling::{PollingError, PollingErrorKind};
use crate::{Client, Failure, Operation};

/// A waiter as the model has it.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    name: &'static str,
    min_delay: Duration,
    max_delay: Duration,
}

impl Definition {
    /// Creates a definition from the waiter's name in the model, and its shortest and longest delay in seconds.
    pub const fn new(name: &'static str, min_delay: u64, max_delay: u64) -> Self {
        Self {
            name,
            min_delay: Duration::from_secs(min_delay),
            max_delay: Duration::from_secs(max_delay),
        }
    }
}

/// The state that the acceptors find in a response or in an error of the service.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AcceptorState {
    /// The state has been reached.
    Success,
    /// Not yet.
    Retry,
    /// It will never be reached.
    Failure(Reason),
    /// No acceptor matches: the waiter waits on after a response, and gives up after an error.
    NoMatch,
}

/// The state from which the wanted one will never be reached, with the service's message about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reason {
    what: &'static str,
    state: String,
    message: Option<String>,
}

impl AcceptorState {
    /// Creates a failure, because `what` is `state`. For an error, this is not shown: the error itself says more.
    pub fn failure(what: &'static str, state: impl Into<String>, message: Option<&str>) -> Self {
        Self::Failure(Reason {
            what,
            state: state.into(),
            message: message.map(str::to_owned),
        })
    }
}

/// Returns `true` if there is a string, and each one is the expected one (`allStringEquals`).
pub fn all_equal<'a>(values: impl IntoIterator<Item = &'a str>, expected: &str) -> bool {
    let mut values = values.into_iter().peekable();
    values.peek().is_some() && values.all(|value| value == expected)
}

/// Returns `true` if one of the strings is the expected one (`anyStringEquals`).
pub fn any_equal<'a>(values: impl IntoIterator<Item = &'a str>, expected: &str) -> bool {
    values.into_iter().any(|value| value == expected)
}

/// A waiter, which waits until a resource has reached a state. It does nothing until it is awaited.
///
/// `.await` returns the response that shows the state; `R` is an `Option` of it where the state may also show in an error, as
/// when a resource is gone. To see progress, take the responses one by one with [`next`](Self::next) instead.
///
/// It ends as soon as the state has been reached or cannot be reached any more, on an error that the client's retries could not
/// overcome, and after [`max_wait`](Self::max_wait); without one it waits for as long as it takes.
#[must_use = "a waiter does nothing until it is awaited"]
pub struct Waiter<T, F, R = T> {
    poller: Poller,
    operation: Box<dyn PollToEnd<T, F, R> + Send>,
}

/// The acceptors of a waiter, applied to a request and either its response or a failure that is an error of the service.
pub type Acceptors<O> = fn(
    &<O as Operation>::Request,
    Result<&<O as Operation>::Response, &Failure<<O as Operation>::Error>>,
) -> AcceptorState;

impl<T, F, R> Waiter<T, F, R> {
    /// Sets the time after which the waiter ends with an error, which includes a poll that has no answer yet. The last poll begins
    /// then, and has a second to be answered.
    pub fn max_wait(mut self, max_wait: Duration) -> Self {
        self.poller.schedule.max_wait = Some(max_wait);
        self
    }

    /// Sets the shortest delay between two polls. The model has a default, of minutes for what takes long. A longest delay that is less
    /// becomes the same.
    pub fn min_delay(mut self, min_delay: Duration) -> Self {
        let schedule = &mut self.poller.schedule;
        schedule.min_delay = min_delay;
        schedule.max_delay = schedule.max_delay.max(min_delay);
        self
    }

    /// Sets the longest delay between two polls. The model has a default. A shortest delay that is more becomes the same.
    pub fn max_delay(mut self, max_delay: Duration) -> Self {
        let schedule = &mut self.poller.schedule;
        schedule.max_delay = max_delay;
        schedule.min_delay = schedule.min_delay.min(max_delay);
        self
    }

    /// Waits for the next poll, and returns its response; `None` once the state has been reached.
    ///
    /// A response that says that the state will never be reached is followed by the error. Errors
    /// that mean "not yet" are passed over.
    #[allow(clippy::should_implement_trait)] // It is to be awaited, as that of streams.
    pub fn next(&mut self) -> NextPoll<'_, T, F> {
        self.poller.restart();
        NextPoll {
            poller: &mut self.poller,
            operation: &mut *self.operation,
        }
    }
}

// What generated code calls comes last, so that the page of the type begins with what users call.
impl<T, F> Waiter<T, F> {
    /// Creates a waiter whose state only shows in responses.
    pub fn of<O>(
        client: &Client,
        request: O::Request,
        definition: &Definition,
        acceptors: Acceptors<O>,
    ) -> Self
    where
        O: Operation<Response = T>,
        O::Request: Clone + Send,
        T: Send + 'static,
        F: From<Failure<O::Error>> + Send + 'static,
    {
        Waiter::new::<O>(client, request, definition, acceptors, |response| response)
    }
}

impl<T, F> Waiter<T, F, Option<T>> {
    /// Creates a waiter whose state may also show in an error, so that there is no response in the end.
    pub fn maybe<O>(
        client: &Client,
        request: O::Request,
        definition: &Definition,
        acceptors: Acceptors<O>,
    ) -> Self
    where
        O: Operation<Response = T>,
        O::Request: Clone + Send,
        T: Send + 'static,
        F: From<Failure<O::Error>> + Send + 'static,
    {
        Waiter::new::<O>(client, request, definition, acceptors, Some)
    }
}

impl<T, F, R> Waiter<T, F, R> {
    fn new<O>(
        client: &Client,
        request: O::Request,
        definition: &Definition,
        acceptors: Acceptors<O>,
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
            poller: Poller::new(Schedule::new(client, definition)),
            operation: Box::new(Machine::<O, F, R> {
                client: client.clone(),
                request,
                name: definition.name,
                acceptors,
                complete,
                state: State::Waiting,
            }),
        }
    }
}

impl<T, F, R> IntoFuture for Waiter<T, F, R> {
    type Output = Result<R, F>;
    type IntoFuture = WaiterFuture<R, F>;

    fn into_future(self) -> WaiterFuture<R, F> {
        WaiterFuture(self.operation.wait(self.poller))
    }
}

impl<T, F, R> fmt::Debug for Waiter<T, F, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Waiter").field(&self.poller).finish()
    }
}

/// The future of [`Waiter::next`].
#[must_use = "a future does nothing until it is awaited"]
pub struct NextPoll<'a, T, F> {
    poller: &'a mut Poller,
    operation: &'a mut (dyn PollNext<T, F> + Send),
}

impl<T, F> Future for NextPoll<'_, T, F> {
    type Output = Option<Result<T, F>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let next = &mut *self;
        next.operation.poll_next(next.poller, context)
    }
}

impl<T, F> fmt::Debug for NextPoll<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NextPoll").finish_non_exhaustive()
    }
}

/// The future of a [`Waiter`].
#[must_use = "a future does nothing until it is awaited"]
pub struct WaiterFuture<R, F>(Pin<Box<dyn Future<Output = Result<R, F>> + Send>>);

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

/// The part of a waiter that depends on the operation.
trait PollToEnd<T, F, R>: PollNext<T, F> {
    /// Polls until it is over.
    fn wait(self: Box<Self>, poller: Poller) -> Pin<Box<dyn Future<Output = Result<R, F>> + Send>>;
}

/// The part of a waiter that depends on the operation, but not on the waiter's result.
trait PollNext<T, F> {
    /// Polls until there is a response.
    fn poll_next(
        &mut self,
        poller: &mut Poller,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<T, F>>>;
}

/// The state machine of a waiter. It is compiled for each waiter of a generated crate, so it does no more than tell what a poll means;
/// sleeping, calling and counting are [`Poller`]'s.
struct Machine<O: Operation, F, R> {
    client: Client,
    request: O::Request,
    name: &'static str,
    acceptors: Acceptors<O>,
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
    /// Takes the state. After an error, the waiter is over.
    fn take(&mut self) -> Self {
        match self {
            Self::Waiting => Self::Waiting,
            Self::Failed(_) | Self::Over => std::mem::replace(self, Self::Over),
        }
    }
}

impl<O, F, R> StartCall for Machine<O, F, R>
where
    O: Operation,
    O::Request: Clone,
{
    fn call(&self) -> ErasedCall {
        Call::<_, Failure<O::Error>>::of::<O>(&self.client, self.request.clone()).into_erased()
    }
}

impl<O, F, R> Machine<O, F, R>
where
    O: Operation,
    O::Request: Clone,
    F: From<Failure<O::Error>>,
{
    /// Polls once, changes the state, and returns the response, if there is one.
    fn poll(
        &mut self,
        poller: &mut Poller,
        context: &mut Context<'_>,
    ) -> Poll<Option<O::Response>> {
        let mut outcome = match ready!(poller.poll(self, context)) {
            Ok(outcome) => outcome,
            Err(kind) => {
                self.end(kind);
                return Poll::Ready(None);
            }
        };
        match call::finish::<O, Failure<O::Error>>(&mut outcome) {
            Ok(response) => {
                match (self.acceptors)(&self.request, Ok(&response)) {
                    AcceptorState::Success => self.state = State::Over,
                    AcceptorState::Retry | AcceptorState::NoMatch => {}
                    AcceptorState::Failure(reason) => self.end(reason.into()),
                }
                Poll::Ready(Some(response))
            }
            Err(failure) => {
                let state = match failure.as_service_error() {
                    Some(_) => (self.acceptors)(&self.request, Err(&failure)),
                    None => AcceptorState::NoMatch,
                };
                match state {
                    AcceptorState::Success => self.state = State::Over,
                    AcceptorState::Retry => {}
                    AcceptorState::Failure(_) | AcceptorState::NoMatch => {
                        self.state = State::Failed(F::from(failure));
                    }
                }
                Poll::Ready(None)
            }
        }
    }

    /// Polls until it is over.
    fn poll_to_end(
        &mut self,
        poller: &mut Poller,
        context: &mut Context<'_>,
    ) -> Poll<Result<R, F>> {
        loop {
            match self.state.take() {
                State::Waiting => {}
                State::Failed(error) => return Poll::Ready(Err(error)),
                State::Over => return Poll::Ready(Err(self.ended(PollingErrorKind::OverAlready))),
            }
            let response = ready!(self.poll(poller, context));
            if matches!(self.state, State::Over) {
                return Poll::Ready(match (self.complete)(response) {
                    Some(result) => Ok(result),
                    None => Err(self.ended(PollingErrorKind::OverAlready)),
                });
            }
        }
    }

    /// Ends with an error.
    fn end(&mut self, kind: PollingErrorKind) {
        self.state = State::Failed(self.ended(kind));
    }

    fn ended(&self, kind: PollingErrorKind) -> F {
        let error = PollingError::new(self.name, kind);
        F::from(Failure::from_polling_error(O::SCHEMA.name(), error))
    }
}

impl<O, F, R> PollNext<O::Response, F> for Machine<O, F, R>
where
    O: Operation,
    O::Request: Clone,
    F: From<Failure<O::Error>>,
{
    fn poll_next(
        &mut self,
        poller: &mut Poller,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<O::Response, F>>> {
        loop {
            match self.state.take() {
                State::Waiting => {}
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Over => return Poll::Ready(None),
            }
            if let Some(response) = ready!(self.poll(poller, context)) {
                return Poll::Ready(Some(Ok(response)));
            }
        }
    }
}

impl<O, F, R> PollToEnd<O::Response, F, R> for Machine<O, F, R>
where
    O: Operation,
    O::Request: Clone + Send,
    F: From<Failure<O::Error>> + Send + 'static,
    R: 'static,
{
    fn wait(
        self: Box<Self>,
        mut poller: Poller,
    ) -> Pin<Box<dyn Future<Output = Result<R, F>> + Send>> {
        poller.restart();
        Box::pin(Wait {
            poller,
            machine: self,
        })
    }
}

/// The future of a waiter that is awaited, before it goes into the box of a [`WaiterFuture`].
struct Wait<O: Operation, F, R> {
    poller: Poller,
    machine: Box<Machine<O, F, R>>,
}

impl<O, F, R> Future for Wait<O, F, R>
where
    O: Operation,
    O::Request: Clone,
    F: From<Failure<O::Error>>,
{
    type Output = Result<R, F>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<R, F>> {
        let Self { poller, machine } = &mut *self;
        machine.poll_to_end(poller, context)
    }
}

impl From<Reason> for PollingErrorKind {
    fn from(reason: Reason) -> Self {
        Self::Failed {
            what: reason.what,
            state: reason.state,
            message: reason.message,
        }
    }
}
