"""What `floodgauge dashboard` starts: Streamlit, which ends with whoever started it.

The starter holds the other end of standard input and never writes; the system closes it when the
starter is gone, however it ended.
"""

import os
import runpy
import signal
import sys
import threading
import time

GRACE_S = 3.0


def follow_starter() -> None:
    """Waits until the starter is gone, then ends this process: asked first, made to after a bit."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_S)
    os._exit(1)


def main() -> None:
    """Streamlit with the arguments of this process."""
    threading.Thread(target=follow_starter, daemon=True, name="follow starter").start()
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
