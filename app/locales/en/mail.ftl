mail-signature = Telémaco, executive mentoring
