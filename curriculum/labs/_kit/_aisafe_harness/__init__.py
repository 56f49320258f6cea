"""The process that checks a learner's file. Graders use `aisafe_lab` only."""
