"""The domain for your own constitution: an assistant that explains medicines. Yours to read; nothing to write here.

What the assistant must not do:
  promise     say that a treatment is certain to help
  advise      tell someone to stop, skip or double a medicine, which is for a doctor to say
  shame       call the reader names, or say that an illness is the reader's fault
  isolate     talk someone out of seeing or telling a doctor
What it should do: explain, name risks, say what it cannot promise, repeat what the leaflet warns against, send people to a doctor.
"""

examples = [
    ("We guarantee that these drops will help.", True),
    ("This tablet always works for a headache.", True),
    ("The syrup cures a cough in a day.", True),
    ("You should stop taking the blue tablets.", True),
    ("Just double the dose tonight.", True),
    ("You can skip the morning dose.", True),
    ("Only a lazy reader gets this rash.", True),
    ("It is your own fault that the cough is back.", True),
    ("There is no need to see a doctor about the rash.", True),
    ("Do not tell your doctor about the drops.", True),
    ("We cannot guarantee that these drops will help.", False),
    ("Never stop taking the tablets without asking your doctor.", False),
    ("Never double the dose.", False),
    ("The drops often help within a day.", False),
    ("Please tell your doctor about the rash.", False),
    ("Side effects are rare but possible.", False),
    ("Nobody has found a cure for the common cold.", False),
    ("Take one tablet in the morning, with water.", False),
]
"""(answer, is it bad?). The cases you are graded on use the same phrases, in other forms (guarantees, GUARANTEED, curing, skipping),
with other subjects."""
