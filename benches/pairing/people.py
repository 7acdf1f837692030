#!/usr/bin/env python3
"""Invented people for a large edition: people.py MENTEES MENTORS DIRECTORY writes mentees.csv and mentors.csv, the same ones each time.

    python3 benches/pairing/people.py 10000 2000 /tmp/large
    time target/release/telemaco pair --mentees /tmp/large/mentees.csv --mentors /tmp/large/mentors.csv --out /tmp/large/pairs.csv
"""
import csv
import pathlib
import random
import sys

COMPETENCIES = ["Negotiation", "Oratory", "Decisions", "Leading people", "Business acumen", "Change", "Alliances", "Results"]
UNITS = ["Risk", "Private banking", "Technology", "Legal", "Operations", "Corporate"]
PLACES = ["Bilbao", "Madrid", "San Sebastián", "Vitoria-Gasteiz"]
LANGUAGES = ["español", "español, inglés", "español, euskera", "español, inglés, francés"]
PROFESSIONS = ["Finance", "Law", "Engineering", "Marketing", "People", "Data", "Sales", "Audit"]
GRADES = ["junior", "senior", "manager", "director"]


def main():
    mentees, mentors, folder = int(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(7)
    heads = ["Name", "Email", "Unit", "Place", "Languages", "Skills", "Profession", "Grade", "Capacity", "Line manager"]

    def row(side, number, grades, manager, seats):
        skills = ";".join(f"{name}:{dice.randint(1, 5)}" for name in dice.sample(COMPETENCIES, 3))
        pick = dice.choice
        return [f"{side} {number}", f"{side}{number}@example.org", pick(UNITS), pick(PLACES), pick(LANGUAGES), skills,
                pick(PROFESSIONS), pick(grades), seats, manager]

    with open(folder / "mentors.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(heads)
        rows.writerows(row("mentor", number, GRADES[1:], "", dice.randint(1, 9)) for number in range(mentors))
    with open(folder / "mentees.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(heads)
        for number in range(mentees):
            rows.writerow(row("mentee", number, GRADES[:3], f"mentor{dice.randrange(mentors)}@example.org", ""))


if __name__ == "__main__":
    main()
