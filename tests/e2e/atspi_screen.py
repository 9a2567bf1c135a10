# SPDX-License-Identifier: Apache-2.0
"""What a screen reader is told of a running console (AT-SPI), and the keys that drive it (xdotool); for the tests beside it.

They run on a display and a bus of their own. Nothing sleeps: whoever waits asks again until it is so.
"""
import subprocess
import sys
import time

import pyatspi

PATIENCE = 30
DEEPEST = 60
# of these the first cells tell enough: there may be thousands
WHOLE = {pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_TREE, pyatspi.ROLE_LIST}


def wait_for(what, find, patience=PATIENCE):
    """What `find` finds, once it finds something."""
    end = time.monotonic() + patience
    while True:
        found = find()
        if found:
            return found
        if time.monotonic() > end:
            sys.exit(f"In vain: {what}")
        subprocess.run(["xdotool", "getmouselocation"], stdout=subprocess.DEVNULL, check=False)  # takes a moment


def application():
    for each in pyatspi.Registry.getDesktop(0):
        if each is not None and each.name in ("Signalbox", "signalbox"):
            return each
    return None


def windows():
    app = application()
    return [each for each in app if each is not None and each.getState().contains(pyatspi.STATE_SHOWING)] if app else []


def shows(node, depth=0):
    """Every node that is on the screen, below and with `node`."""
    if node is None or depth > DEEPEST:
        return
    try:
        state = node.getState()
        role = node.getRole()
        if depth > 0 and not (state.contains(pyatspi.STATE_VISIBLE) and state.contains(pyatspi.STATE_SHOWING)):
            return
        children = [] if role in WHOLE else list(node)
    except Exception:  # it went away while it was looked at
        return
    yield node, role, state
    for child in children:
        yield from shows(child, depth + 1)


def keys(*pressed):
    # without a window manager nobody gives the focus back to the window when a dialog has gone
    ids = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Signalbox"],
                         stdout=subprocess.PIPE, check=False, text=True).stdout.split()
    if ids and len(windows()) == 1:
        subprocess.run(["xdotool", "windowfocus", "--sync", ids[0]], check=False)
    subprocess.run(["xdotool", "key", *pressed], check=True)


def typed(text):
    subprocess.run(["xdotool", "type", text], check=True)
