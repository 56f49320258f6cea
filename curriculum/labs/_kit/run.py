"""Entry of the process that checks a learner's file. Node starts it; see _aisafe_harness/main.py."""

from _aisafe_harness.main import main

if __name__ == "__main__":
    main()
