"""The lines of returns, disputes and clocks in the table of `permissions`."""

from .doors import Who

CARE = {
    "care:mine": Who.MEMBER,
    "care:desk": Who.OPERATOR,
    "care:picture": Who.OWNER,  # both sides, jurors, operators; as the rest of a case
    "care:case": Who.OWNER,
    "care:draw": Who.OWNER,
    "care:accept": Who.OWNER,
    "care:say_where": Who.OWNER,
    "care:refuse": Who.OWNER,
    "care:withdraw": Who.OWNER,
    "care:send_back": Who.OWNER,
    "care:confirm_back": Who.OWNER,
    "care:contest": Who.OWNER,
    "care:escalate": Who.OWNER,
    "care:offer": Who.OWNER,
    "care:agree": Who.OWNER,
    "care:file": Who.OWNER,
    "care:vote": Who.OWNER,
    "care:decide": Who.OPERATOR,
    "care:advance": Who.OPERATOR,
    "care:appeal": Who.OWNER,
    "care:open": Who.OWNER,
    "care:evidence": Who.OWNER,  # both sides, and operators once there is a case
    "orders:timers": Who.OWNER,
    "orders:timer_health": Who.OPERATOR,
}

CARE_API = {
    "POST /lines/{id}/cases": Who.OWNER,
    "GET /cases": Who.MEMBER,
    "GET /cases/duties": Who.MEMBER,
    "GET /cases/desk": Who.OPERATOR,
    "GET /cases/{id}": Who.OWNER,
    "POST /cases/{id}/acceptance": Who.OWNER,
    "POST /cases/{id}/return-address": Who.OWNER,
    "POST /cases/{id}/refusal": Who.OWNER,
    "POST /cases/{id}/withdrawal": Who.OWNER,
    "POST /cases/{id}/return-shipment": Who.OWNER,
    "POST /cases/{id}/return-receipt": Who.OWNER,
    "POST /cases/{id}/objection": Who.OWNER,
    "POST /cases/{id}/escalation": Who.OWNER,
    "POST /cases/{id}/offer": Who.OWNER,
    "POST /cases/{id}/agreement": Who.OWNER,
    "POST /cases/{id}/statement": Who.OWNER,
    "POST /cases/{id}/vote": Who.OWNER,
    "POST /cases/{id}/decision": Who.OPERATOR,
    "POST /cases/{id}/advance": Who.OPERATOR,
    "POST /cases/{id}/appeal": Who.OWNER,
    "GET /orders/{id}/evidence": Who.OWNER,
    "GET /orders/{id}/timers": Who.OWNER,
    "GET /timers": Who.OPERATOR,
}
