"""How processes learn that another one died, by pipes: the kernel closes what the dead held."""

import os
import signal
import threading
import time
from dataclasses import dataclass

PATIENCE = 10.0  # seconds a process may take to end in order once the supervisor is gone


@dataclass(frozen=True, slots=True)
class Life:
    """Two pipes that nobody ever writes to.

    The supervisor alone holds `beat`, so its children see the end of `pulse` when it dies. All of
    them hold `crew`; whoever waits on `roll` sees its end when the last one is gone.
    """

    pulse: int
    beat: int
    roll: int
    crew: int

    @classmethod
    def begin(cls) -> "Life":
        pulse, beat = os.pipe()
        roll, crew = os.pipe()
        return cls(pulse, beat, roll, crew)

    def join(self) -> None:
        """To be called first in every child: let go of what only the supervisor holds."""
        os.close(self.beat)
        threading.Thread(target=self._end_with_the_supervisor, daemon=True, name="life").start()

    def watch(self) -> None:
        """The same for a child's own children, whose pipes are right but whose thread is gone."""
        threading.Thread(target=self._end_with_the_supervisor, daemon=True, name="life").start()

    def leave(self) -> None:
        """The supervisor's last word: from now on it counts as gone."""
        os.close(self.beat)
        os.close(self.crew)

    def wait_until_alone(self) -> None:
        """For the keeper, which holds no `crew`: return when every other process is gone."""
        os.close(self.beat)
        os.close(self.crew)
        os.read(self.roll, 1)

    def _end_with_the_supervisor(self) -> None:
        os.read(self.pulse, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os._exit(1)
