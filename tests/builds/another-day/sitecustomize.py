"""Lets each Python with this folder in PYTHONPATH live on another day, in another time zone."""

import datetime
import os
import time

import time_machine

time_machine.travel(datetime.datetime(2031, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)).start()
os.environ["TZ"] = "JST-9"
time.tzset()
