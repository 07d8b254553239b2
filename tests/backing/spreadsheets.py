"""Spreadsheets of a district, whole and broken."""

from pathlib import Path

ORGANS = "# 虚构\ncode,name,sort,since,until\njt,交通局,department,,\ncz,财政局,department,2000-01-01,\n"
PEOPLE = "code,name\nd1,代表甲一\nd2,代表甲二\nh1,主任乙三\n"
APPOINTMENTS = "person,organ,post,head,since,until,decision\nh1,jt,局长,是,2018-01-01,,任〔2018〕1号\n"
MANDATES = "person,since,delegation,committee_member\nd1,2016-10-01,一团,是\nd2,2016-10-01,二团,\n"
ACCOUNTS = (
    "login,name,roles,person,organ\nclerk,工作人员丙,clerk,,\nd1,代表甲一,deputy;member,d1,\njt,交通局,department,,jt\n"
)
FILED = (
    "# 虚构,分布自拟\n"
    "day,actor,action,ref,parent,标题,text,proposer,seconders,households,secret,costs\n"
    '2020-03-02,d1,propose,s1,,增设路灯,"夜里太暗,\n请增设。",d1,d2;d1,12,否,"[{""item"":""灯杆"",""amount"":""1.10""}]"\n'
    "2020-03-02,d1,提出建议,s2,,修桥,桥旧了。,d1,,,,\n"
)
HANDED = (
    "day,actor,action,ref,parent,organ,helper,title,related\n"
    "2020-03-05,clerk,assign,s1,,jt,,,\n"
    "2020-03-06,clerk,share,s1a,s1,,cz,核预算,\n"
    "2020-03-07,jt,会办完成,s1/share/1,,,,,\n"
)
FILES = {
    "organs.csv": ORGANS,
    "people.csv": PEOPLE,
    "appointments.csv": APPOINTMENTS,
    "mandates.csv": MANDATES,
    "accounts.csv": ACCOUNTS,
    "suggestions/01-提出.csv": FILED,
    "suggestions/02-办理.csv": HANDED,
}


def write(folder: Path, **changed: str) -> Path:
    """The files above in ``folder``; those named (``people``, ``suggestions/01-提出``) hold what is given instead."""
    for name, text in {**FILES, **{f"{stem}.csv": text for stem, text in changed.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
