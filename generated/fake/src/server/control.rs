//! Control over HTTP, for a fake that runs in a process of its own.
//!
//! | request                     | body                                 | effect                             |
//! |-----------------------------|--------------------------------------|------------------------------------|
//! | `PUT /fake/faults`          | fault rules, one a line              | these faults and no others         |
//! | `POST /fake/clock`          | `advance 10m`, `speed 60`, or `stop` | moves the clock, or sets its speed |
//! | `POST /fake/cancel/JOB_ID`  |                                      | cancels a job                      |

use crate::duration::parse_duration;
use crate::{Answer, FaultRule, RecordedRequest};

use super::Server;

/// The answer to a request for the fake itself; `None` if it is for the service.
pub(super) fn answer(server: &Server, request: &RecordedRequest) -> Option<Answer> {
    let path = request.path.strip_prefix("/fake/")?;
    let body = String::from_utf8_lossy(&request.body);
    let outcome = match (request.method.as_str(), path.split_once('/')) {
        ("PUT", None) if path == "faults" => set_faults(server, &body),
        ("POST", None) if path == "clock" => set_clock(server, body.trim()),
        ("POST", Some(("cancel", id))) => cancel(server, id),
        _ => {
            Err("there is PUT /fake/faults, POST /fake/clock, POST /fake/cancel/JOB_ID".to_owned())
        }
    };
    Some(match outcome {
        Ok(()) => Answer::text(200, "done\n".to_owned()),
        Err(problem) => Answer::text(400, problem + "\n"),
    })
}

fn set_faults(server: &Server, body: &str) -> Result<(), String> {
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    let rules = lines
        .map(str::parse)
        .collect::<Result<Vec<FaultRule>, _>>()?;
    server.faults.replace(rules);
    Ok(())
}

fn set_clock(server: &Server, command: &str) -> Result<(), String> {
    match command.split_once(' ').unwrap_or((command, "")) {
        ("advance", by) => {
            server.clock.advance(parse_duration(by)?);
        }
        ("speed", speed) => {
            let speed = speed
                .parse()
                .map_err(|_| format!("`{speed}` is not a number"))?;
            server.clock.set_speed(speed);
        }
        ("stop", "") => server.clock.stop(),
        _ => return Err("there is `advance DURATION`, `speed NUMBER`, `stop`".to_owned()),
    }
    Ok(())
}

fn cancel(server: &Server, job_id: &str) -> Result<(), String> {
    if server.service().cancel_job(job_id) {
        Ok(())
    } else {
        Err(format!("there is no job {job_id} that could be canceled"))
    }
}
