vault-closed-key = Este texto no se puede abrir ahora: a la instalación le falta su clave. No se ha perdido; volverá a leerse cuando quien la opera la reponga.
vault-closed-erased = Quien escribió este texto ya no está y sus datos se borraron. Nadie puede leerlo.
vault-closed-refused = Este texto no se abre: alguien lo cambió o lo movió de sitio en la base de datos. Avisa a quien opera la instalación.
vault-cannot-write = Ahora no se puede guardar: a la instalación le falta la clave con que se cifra lo que escribes. Lo escrito sigue aquí; avisa a quien opera la instalación.
vault-cannot-write-changed = No se puede guardar: tu clave se cambió en la base de datos. Lo escrito sigue aquí; avisa a quien opera la instalación.
