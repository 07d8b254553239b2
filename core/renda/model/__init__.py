"""The tables: districts, people, meetings, projects, matters with their record, accounts."""

from renda.model.account import AccountRow, HostAccountRow, TokenRow
from renda.model.base import Base, DistrictOwned
from renda.model.district import CalendarDay, ChainHead, District
from renda.model.matter import EventRow, MatterPartyRow, MatterRow, NoticeRow, ScoreRow
from renda.model.meeting import AttendanceRow, MeetingRow
from renda.model.people import AppointmentRow, MandateRow, OrganRow, PersonRow
from renda.model.project import ProgressRow, ProjectRow

__all__ = [
    "AccountRow",
    "AppointmentRow",
    "AttendanceRow",
    "Base",
    "CalendarDay",
    "ChainHead",
    "District",
    "DistrictOwned",
    "EventRow",
    "HostAccountRow",
    "MandateRow",
    "MatterPartyRow",
    "MatterRow",
    "MeetingRow",
    "NoticeRow",
    "OrganRow",
    "PersonRow",
    "ProgressRow",
    "ProjectRow",
    "ScoreRow",
    "TokenRow",
]
