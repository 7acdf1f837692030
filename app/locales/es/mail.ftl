mail-signature = Telémaco, mentoría ejecutiva
