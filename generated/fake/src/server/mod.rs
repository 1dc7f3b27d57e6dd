//! HTTP: connections, requests in, answers out, and the faults on the way.
//!
//! [`Server`] decides what the answer to a request is and how it is [delivered](Delivery); [`connection`] runs hyper over a
//! socket that can be reset, and [`body`] is a response body that can stop in its midst.

mod body;
mod connection;
mod control;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use healthlake::ServiceError;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::recorded::Record;
use crate::refusal::{access_denied, common, internal, throttling};
use crate::service::{Call, Service};
use crate::{Answer, Clock, Fault, Faults, RecordedRequest, auth};

/// Everything behind a fake's address.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) record: Record,
    pub(crate) service: Mutex<Service>,
}

/// The ways in which an answer goes out.
#[derive(Debug)]
enum Delivery {
    /// As it should.
    Whole(Answer),
    /// After a while.
    Late(Answer, Duration),
    /// Half of it, and then the connection ends.
    Cut(Answer),
    /// Half of it, and then nothing.
    Stalled(Answer),
    /// Not at all: the connection is reset.
    Reset,
}

impl Server {
    pub(crate) fn service(&self) -> MutexGuard<'_, Service> {
        self.service.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Serves until the future is dropped, and all connections with it.
    pub(crate) async fn serve(self: Arc<Self>, listener: TcpListener) {
        let mut connections = JoinSet::new();
        loop {
            // An error here is that of one connection, or of a process without file descriptors to spare: go on.
            if let Ok((stream, _)) = listener.accept().await {
                connections.spawn(connection::serve(self.clone(), stream));
            }
            while connections.try_join_next().is_some() {}
        }
    }

    /// Answers a request, or does to it what the faults in store say.
    fn answer(&self, mut request: RecordedRequest) -> Delivery {
        if let Some(answer) = control::answer(self, &request) {
            return Delivery::Whole(answer);
        }
        request.fault = self.faults.strike(request.operation());
        self.record.add(request.clone());
        match request.fault.clone() {
            None => Delivery::Whole(self.carry_out(&request, Skew::None)),
            Some(fault) => self.meet(fault, &request),
        }
    }

    fn meet(&self, fault: Fault, request: &RecordedRequest) -> Delivery {
        let refuse = |error: ServiceError| {
            Delivery::Whole(self.signed_off(Answer::from(&error), Skew::None))
        };
        let carry_out = || self.carry_out(request, Skew::None);
        match fault {
            Fault::Throttling => refuse(throttling()),
            Fault::ThrottlingAs400 => refuse(common(400, "ThrottlingException", "Rate exceeded")),
            Fault::InternalError => refuse(internal("Something went wrong on our side")),
            Fault::AccessDenied => refuse(access_denied(format!(
                "User is not authorized to perform healthlake:{}",
                request.operation().unwrap_or("nothing")
            ))),
            Fault::ExpiredToken => refuse(common(
                403,
                "ExpiredTokenException",
                "The security token included in the request is expired",
            )),
            Fault::ProxyPage => Delivery::Whole(Answer::html(503, PROXY_PAGE)),
            Fault::Reset => Delivery::Reset,
            Fault::ClockAhead(by) => Delivery::Whole(self.carry_out(request, Skew::Ahead(by))),
            Fault::ClockBehind(by) => Delivery::Whole(self.carry_out(request, Skew::Behind(by))),
            Fault::Answer(answer) => Delivery::Whole(self.signed_off(answer, Skew::None)),
            Fault::FailLater => Delivery::Whole(carry_out()),
            Fault::LostResponse => {
                carry_out();
                Delivery::Reset
            }
            Fault::Slow(by) => Delivery::Late(carry_out(), by),
            Fault::Cut => Delivery::Cut(carry_out()),
            Fault::Stalled => Delivery::Stalled(carry_out()),
        }
    }

    fn carry_out(&self, request: &RecordedRequest, skew: Skew) -> Answer {
        let answer = match self.respond(request, skew) {
            Ok(answer) => answer,
            Err(error) => Answer::from(&error),
        };
        self.signed_off(answer, skew)
    }

    fn respond(&self, request: &RecordedRequest, skew: Skew) -> Result<Answer, ServiceError> {
        let operation = match request.operation() {
            Some(operation) if request.method == "POST" && request.path == "/" => operation,
            _ => {
                return Err(common(
                    404,
                    "UnknownOperationException",
                    "A call is a POST to / with `x-amz-target: HealthLake.<operation>`",
                ));
            }
        };
        // A client may live by the fake's clock or by real time.
        let clocks = [skew.of(SystemTime::now()), skew.of(self.clock.now())];
        let scope = auth::check(request, &clocks)?;
        self.service().call(&Call {
            operation,
            host: request.header("host").unwrap_or_default(),
            region: &scope.region,
            body: &request.body,
            fails_later: request.fault == Some(Fault::FailLater),
        })
    }

    /// The answer with what every answer of the service has.
    fn signed_off(&self, answer: Answer, skew: Skew) -> Answer {
        let id = self.service().new_request_id();
        let now = DateTime::from(skew.of(SystemTime::now()));
        let date = DateTime::from_secs(now.secs()).fmt(Format::HttpDate);
        let answer = answer.header("x-amzn-requestid", id);
        answer.header("date", date.unwrap_or_default())
    }
}

/// The error of the service's clock.
#[derive(Clone, Copy, Debug)]
enum Skew {
    None,
    Ahead(Duration),
    Behind(Duration),
}

impl Skew {
    fn of(self, time: SystemTime) -> SystemTime {
        match self {
            Self::None => time,
            Self::Ahead(by) => time + by,
            Self::Behind(by) => time - by,
        }
    }
}

const PROXY_PAGE: &str = "<html><head><title>503 Service Temporarily Unavailable</title></head>\
<body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>";
