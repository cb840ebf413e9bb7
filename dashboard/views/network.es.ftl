page-network = Red
network-kind = Comparten
network-kind-url = los mismos enlaces
network-kind-hashtag = las mismas etiquetas
network-kind-near-text = casi el mismo texto
network-window = en un plazo de
network-window-60 = 1 minuto
network-window-600 = 10 minutos
network-window-3600 = 1 hora
network-numbers = { $accounts ->
    [one] 1 cuenta compartió
   *[other] { $accounts } cuentas compartieron
} lo mismo dentro de ese plazo, en { $edges ->
    [one] 1 pareja
   *[other] { $edges } parejas
}.
network-beyond = { $accounts ->
    [one] 1 de ellas lo hizo
   *[other] { $accounts } de ellas lo hicieron
} más a menudo de lo que explica el azar.
network-none-beyond = El azar basta para explicarlo.
network-legend = Juntas
network-beyond-label = más a menudo de lo que explica el azar
network-other-label = no más a menudo que por azar
network-account = { $partners ->
    [one] una cuenta: 1 compañera
   *[other] una cuenta: { $partners } compañeras
}
network-pair = { $times ->
    [one] dos cuentas: una vez juntas
   *[other] dos cuentas: { $times } veces juntas
}
network-drawn = Solo se dibujan las { $drawn } cuentas de las parejas con más coincidencias.
network-crowds = { $objects ->
    [one] Demasiadas cuentas compartieron una cosa a la vez para decir quién iba con quién; no se dibuja.
   *[other] Demasiadas cuentas compartieron { $objects } cosas a la vez para decir quién iba con quién; no se dibujan.
}
network-groups = Grupos que compartieron más que la mayoría
network-groups-beyond = Grupos que el azar no explica
network-column-accounts = Cuentas
network-column-edges = Parejas
network-column-objects = Cosas compartidas
network-column-shared = Lo más compartido
network-column-first = Primera vez
network-column-last = Última vez
network-empty = En los últimos 30 días con datos, ninguna pareja de cuentas compartió lo mismo tan cerca en el tiempo. Pruebe con un plazo mayor o con otra cosa compartida.
network-meaning = Compartir lo mismo a la vez tiene también motivos corrientes: una noticia, un botón de compartir, un grupo de amigos. Mire qué se compartió. Aquí las cuentas no tienen nombre.
