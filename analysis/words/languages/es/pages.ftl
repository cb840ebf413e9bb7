### Todas las palabras del panel, los informes y las alertas en español. Solo palabras neutras: lo que se ve, no quién tiene la culpa.

control-year = Año
find-app = Buscar una aplicación por su nombre
page-overview = Panorama
page-incident = Incidente
page-explore = Explorar
page-collection = Recogida
page-data = Datos
page-compare = Comparar
page-replay = Reproducir
page-wrong = ¿Con qué frecuencia se equivoca?
section-watch = Vigilar
section-look-back = Mirar atrás
section-trust = Datos y confianza
simulated = SIMULADO
simulated-banner = Esta aplicación y sus reseñas son inventadas, para simulacros y demostraciones. Nada de esto lo escribieron personas reales.
control-zone = Zona horaria
control-language = Idioma
control-app = Aplicación
zone-note = Todas las horas se muestran en { $zone }.
attribution = Los indicios de coordinación describen un comportamiento, no quién participó ni por qué. No atribuyen autoría, y la protesta organizada es un derecho.
data-table = Lo mismo en una tabla

## Estados
state-incident = Incidente
state-praise = Elogios
state-watch = Atención
state-calm = En calma
state-silent = Sin valorar
state-failed = Sin valorar
reason-open = En curso desde el { $since }.
reason-open-unseen = Empezó el { $since } y no se ha visto nada desde el { $seen }: no se sabe si siguió. Vuelva a recoger, o importe lo más reciente.
reason-open-but = Desde el { $since }. { $state }.
reason-just-ended = Un incidente terminó el { $ended }.
reason-busy = { $low } reseñas de pocas estrellas en 24 horas; lo habitual es { $usual } como mucho.
reason-slow = { $kind ->
    [others-fewer] Las reseñas de tres estrellas o más son menos que antes: { $rate } al día en las últimas cuatro semanas, { $was } al día
   *[low-more] Las estrellas bajas han aumentado poco a poco: { $share } de las reseñas con estrellas de las últimas cuatro semanas, { $before }
 } { $months ->
    [0] en el año anterior
    [12] hace un año
   *[other] hace { $months } meses
 }. { $kind ->
    [others-fewer] Las estrellas bajas llegan como antes, así que su parte ha subido a { $share } desde { $before }. No es una alarma; pregunte si aún se pide valorar la aplicación.
   *[low-more] No es una alarma; lea lo que dicen.
 }
level-title = ¿El nuevo nivel habitual?
level-about = Esto se dice mientras dure, o hasta que alguien lo tome como el nuevo nivel habitual. Lo que llegue después se compara con las cuatro semanas anteriores a la decisión.
level-accept = Tomarlo como el nuevo nivel habitual
reason-calm = Nada fuera de lo habitual.
reason-no-items = Todavía no se ha recogido ni importado nada.
reason-not-analysed = Hay reseñas, pero aún no se han analizado.
reason-analysis-failed = El último análisis, del { $failed }, falló: lo que llegó desde el anterior está sin valorar.
reason-posts-only = Hay publicaciones, pero ninguna reseña con estrellas: se juzga lo que se dice fuera de las tiendas, no las tiendas. Recoja o importe las reseñas de la aplicación.
reason-no-stars = Las reseñas no tienen estrellas, así que no se puede reconocer un cambio. Recójalas de una tienda o impórtelas con sus estrellas.
reason-seen-until = Visto hasta el { $seen }; no se sabe qué ha llegado después. Vuelva a recoger, o importe lo más reciente.
reason-source-unread = { $source } se leyó por última vez el { $seen }; no se sabe qué ha llegado allí después. La página de recogida dice por qué.
reason-gap = No se leyó todo entre el { $since } y el { $until }, así que pudo escaparse un cambio. Bastan tres días completos después.
reason-young = Es un pasado demasiado corto para comparar: { $days ->
    [one] falta al menos un día más
   *[other] faltan al menos { $days } días más
 }, o importar reseñas más antiguas.
reason-young-source = { $source } tiene un pasado demasiado corto para comparar: { $days ->
    [one] falta al menos un día más
   *[other] faltan al menos { $days } días más
 }, o importar reseñas más antiguas. Las demás fuentes sí se valoran.
shown = { $count ->
    [one] Una reseña
   *[other] { $count } reseñas en { $span }, { $low } de pocas estrellas
 }
shown-all = .
shown-cut = ; la fuente no muestra más.

## Panorama
overview-stars = Estrellas de las reseñas, 30 días
overview-spark-negative = Reseñas bajas al día, 8 semanas
overview-spark-positive = Reseñas altas al día, 8 semanas
overview-stars-weekly = Media de estrellas por semana, 8 semanas
overview-sentiment-weekly = Tono medio por semana, 8 semanas
overview-weekly-alt = { $title }: { $weeks }
overview-weekly-note = 8 semanas, un punto por semana; la banda es el intervalo del 95 % y la línea discontinua, la mitad de la escala.
overview-sentiment = Tono, 30 días
lean-negative = negativo
lean-mixed = mixto
lean-positive = positivo
lean-unread = no se puede decir
mood-none = ningún texto que se pueda leer
mood-numbers = En cifras
mood-change = { $change } ± { $margin } respecto a los 30 días anteriores
mood-change-unsure = muy pocos textos para decir cómo varió respecto a los 30 días anteriores
mood-mean = media { $mean }, muy pocos para decir con qué seguridad, de { $texts } de { $items ->
    [one] { $items } reseña
   *[other] { $items } reseñas
}
mood-mean-margin = media { $mean } ± { $margin }, de { $texts } de { $items ->
    [one] { $items } reseña
   *[other] { $items } reseñas
}
overview-data = Datos
overview-note = Pocas estrellas son 1 y 2; muchas, 4 y 5. La banda gris es lo habitual: el 90 % central de los días de 8 semanas. El tono va de −1 a +1. Guiones al pie de un gráfico: no observado. Líneas: medias por semana con su intervalo del 95 %.
top-incident-negative = { $name }: { $count } reseñas de pocas estrellas desde el { $since }, donde cabía esperar { $expected }{ $changed }. { $cause }. Indicios de coordinación: { $coordination }.
top-incident-positive = { $name }: { $count } reseñas de muchas estrellas desde el { $since }, donde cabía esperar { $expected }{ $changed }. { $cause }. Indicios de coordinación: { $coordination }.
top-incident-mixed = { $name }: { $count } reseñas desde el { $since }, donde cabía esperar { $expected }{ $changed }. { $cause }. Indicios de coordinación: { $coordination }.
top-incident-talk-negative = { $name }: se habla de ella con críticas fuera de las tiendas, { $count } publicaciones desde el { $since }, donde cabía esperar { $expected }. { $cause }. Indicios de coordinación: { $coordination }.
top-incident-talk-positive = { $name }: se habla bien de ella fuera de las tiendas, { $count } publicaciones desde el { $since }, donde cabía esperar { $expected }. { $cause }. Indicios de coordinación: { $coordination }.
top-incident-talk-mixed = { $name }: se habla de ella fuera de las tiendas, { $count } publicaciones desde el { $since }, donde cabía esperar { $expected }. { $cause }. Indicios de coordinación: { $coordination }.
top-incident-fewer = { $name }: { $count ->
    [0] ninguna reseña de la clase que falta
    [one] solo { $count } reseña de la clase que falta
   *[other] solo { $count } reseñas de la clase que falta
 } desde el { $since }, donde cabía esperar { $expected }.
top-calm = { $count ->
    [one] Nada fuera de lo habitual en la única aplicación vigilada.
   *[other] Nada fuera de lo habitual en ninguna de las { $count } aplicaciones vigiladas.
 }
top-also = Además: { $states }.
top-also-incident = { $count ->
    [one] otro incidente
   *[other] otros { $count } incidentes
 }
top-also-watch = { $count ->
    [one] una aplicación en observación
   *[other] { $count } aplicaciones en observación
 }
top-also-silent = { $count ->
    [one] una aplicación sin valorar
   *[other] { $count } aplicaciones sin valorar
 }
top-one = { $name }: { $reason }
row-change = { $change } respecto a los 30 días anteriores
row-no-change = sin mes anterior con que comparar
row-store-stars = Media de la tienda: { $stars }
row-store-stars-before = Media de la tienda: { $stars } (hace un mes: { $before })
row-spark-scale = Máximo en un día: { $most }; lo habitual, { $usual } como mucho.
row-day-live = Últimas 24 horas
row-day-history = Últimas 24 horas de los datos, hasta el { $until }
row-negative = { NUMBER($count) } { $count ->
    [one] baja
   *[other] bajas
 }
row-middle = { NUMBER($count) } { $count ->
    [one] media
   *[other] medias
 }
row-positive = { NUMBER($count) } { $count ->
    [one] alta
   *[other] altas
 }
row-usual = habitual: de { $low } a { $high }
row-removed = { $when }: { $what }.
row-usual-unknown = historia demasiado corta para saber lo habitual
row-days-ago = { $count } días antes
row-spark-alt-positive = Reseñas de muchas estrellas en cada uno de los últimos { $days } tramos de 24 horas: como mucho { $most }, { $last } en el último; lo habitual es { $usual } como mucho.
row-spark-alt-negative = Reseñas de pocas estrellas en cada uno de los últimos { $days } tramos de 24 horas: como mucho { $most }, { $last } en el último; lo habitual es { $usual } como mucho.
row-newest = Lo más reciente: { $time }
row-polled = Consultado: { $time }
row-imported = Importado, sin consultas
row-next = Próxima consulta: { $time }
row-failing = La última consulta falló: { $sources }
row-waiting = { $count ->
    [one] Una hora espera análisis
   *[other] { NUMBER($count) } horas esperan análisis
 }
open-incident = Abrir el incidente
last-incident = Último incidente
open-reviews = Leer las reseñas

## Vacío y roto
empty-store-title = Todavía no hay ninguna aplicación
empty-store = Importe un archivo de reseñas, empiece a recoger o mire el simulacro. En una terminal:
empty-incidents-title = Ningún incidente
empty-incidents = Nada de la historia recogida era improbable según el pasado de cada aplicación. Las reseñas nuevas se juzgan cada vez que se ejecuta:
empty-unknown-title = Este incidente no está en el almacén
empty-unknown = Puede ser de otro almacén, o un análisis posterior lo descartó. Elija uno de la lista.
empty-items-title = Nada coincide
empty-items = Ninguna reseña ni mensaje cumple estos filtros. Quite alguno o amplíe las fechas.
error-store-title = No se puede leer el almacén
error-store = No se ha perdido nada; las páginas vuelven cuando el almacén se pueda abrir. Lo que respondió:
error-settings = No se puede leer la configuración, así que aquí valen los ajustes estándar. Lo que dijo: { $error }

## Incidente
incident-choose = Incidente
incident-option = { $onset } · { $direction } · { $count } · { $cause }
headline-open = Sigue en curso.
headline-open-until = Sigue en curso; contado hasta el { $until }.
headline-unseen = Sus reseñas no se han visto desde el { $since }: no se sabe si siguió.
headline-as-of = No había terminado a fecha de { $moment }; no se miró nada posterior.
headline-quiet = No ha llegado ninguna más desde el { $since }; se da por terminado tras tres días tranquilos como mucho.
headline-tail = Después llegó algo más de lo habitual hasta el { $until }: { $count }, cuando cabía esperar { $expected }.
headline-tail-runs = Desde entonces llega algo más de lo habitual, hasta el { $until }: { $count }, cuando cabía esperar { $expected }.
headline-waves = Son { $count } oleadas: se había dado por terminado y empezó de nuevo.
headline-follows = Empezó { $length } después de terminar el incidente anterior.
next-title = Qué hacer en la próxima hora
next-works = Compruebe si la aplicación funciona: ábrala como lo hace la gente, en Android y iPhone, y pregunte a quienes la gestionan.
next-works-version = Compruebe si la versión más reciente funciona: ábrala como lo hace la gente, en Android y iPhone, y pregunte a quienes la gestionan.
next-read = Lea las más recientes de estas reseñas y los comunicados y versiones de la línea de tiempo.
next-read-signs = Lea las más recientes de estas reseñas, las publicaciones anteriores a ellas y los comunicados y versiones de la línea de tiempo.
next-answer = Acuerden quién responde y a quién se informa. Preparen el comunicado provisional: los borradores para editar son un archivo aparte, junto al informe.
next-stores = Respondan a las reseñas en las tiendas cuando se sepa qué se puede decir. Comuniquen a las tiendas solo lo que incumple sus normas.
next-stores-signs = Comuniquen a las tiendas lo que incumple sus normas, y solo eso: hay un borrador entre los borradores para editar.
next-praise-calm = Aquí nada es urgente. Lea algunas de estas reseñas: ¿qué se elogia y desde cuándo?
next-praise-calm-signs = Aquí nada es urgente. Lea algunas de estas reseñas y las publicaciones anteriores a ellas: ¿qué se elogia y a quién se le pidió?
next-praise-promotion = Averigüe si alguien pidió valoraciones: la propia aplicación, una campaña, una oficina, una escuela. Lo que se pide dice poco de lo buena que es la aplicación, y las tiendas prohíben premiar las valoraciones.
next-praise-thank = Den las gracias en las tiendas, como se contestan las demás reseñas.
next-praise-stores = Comuniquen a las tiendas lo que incumple sus normas, y solo eso: hay un borrador entre los borradores para editar. El elogio por sí solo no incumple ninguna.
next-praise-look = Vuelva a mirar mañana. Una subida de las reseñas de pocas estrellas daría su propia alarma.
next-fewer-ask = Averigüe qué ha cambiado: ¿se sigue mostrando la petición de valoración, se publicó una versión, cambió la aplicación de nombre o de ficha?
next-fewer-store = Abra la ficha de la aplicación en cada tienda como lo hace la gente: ¿está, se puede valorar, informan las tiendas de un fallo propio?
next-fewer-read = Lea lo que todavía llega y mire las instalaciones: quien deja de escribir quizá diga por qué en otro lugar.
next-look-open = Vuelva a mirar dentro de una hora y cada vez que llegue un aviso; marque la fase en la página del incidente.
next-look-over = Según los recuentos ha terminado: mire una vez más mañana y diga en la página del incidente si la alarma acertó.
next-look-continued = Una persona separó lo que vino después: sigue en el incidente siguiente, mire allí.
fact-stars = Estrellas de las reseñas, antes → durante
fact-stars-basis = { $change } frente a los 56 días anteriores
fact-stars-few = muy pocas reseñas antes
fact-volume = Reseñas frente a lo esperado
fact-posts = Publicaciones frente a lo esperado
fact-talk = Lo dijeron fuera de las tiendas
fact-talk-value = { $people } personas, { $said } cosas distintas
fact-talk-posts = { $count } publicaciones frente a { $expected }
fact-talk-reach = una de ellas en { $reach } publicaciones
fact-volume-value = { $count } frente a { $expected }
fact-volume-above = { $above } por encima de lo habitual; { $chance }
fact-volume-chance = cuando sonó la alarma: { $chance }
fact-alarm = Alarma
fact-alarm-after = { $length } después del inicio
fact-alarm-before = { $after }; por las publicaciones fuera de las tiendas había sonado { $length } antes
fact-alarm-same = a menos de un minuto del inicio
fact-state = Estado
state-going-on = En curso
state-quiet = Sin novedad desde el { $since }; se dará por terminado tras tres días tranquilos como mucho
state-unseen = Sin verse desde el { $since }
state-as-of = Sin terminar a fecha de { $moment }; no se miró nada posterior
state-over = Terminado desde el { $end }
state-over-usual = Terminado desde el { $end }; lo que llega desde entonces es lo nuevo habitual
state-over-told = Terminado desde el { $end }; se dijo el { $told }, tras { $length } dentro de lo habitual
coverage-complete = No consta que falte nada
coverage-truncated = Los recuentos son mínimos: una consulta quedó cortada
coverage-imported = Importado: se toma por completo, salvo que la primera frase diga cómo está cortado el archivo
coverage-partly = Consultado en parte, importado antes
coverage-file_cut = Depende de cómo está cortado un archivo importado
coverage-gaps = Algunas horas no se observaron
fact-coverage = Integridad
cause-title = Qué parece
verdict = Lo más probable: { $cause } ({ $percent })
verdict-undetermined = Indeterminada: ninguna causa destaca
coordination-title = Indicios de coordinación
coordination-say-not_testable = Lo recogido no puede mostrar si hubo coordinación: escribieron demasiado pocos, y no hay publicaciones en redes de esos días que mirar.
coordination-say-none_seen = Nada de lo medido parece coordinado.
coordination-no-posts = No hay publicaciones en redes de esos días que mirar; lo que se acuerda en otra parte y se dice con palabras propias no deja huella en las reseñas.
coordination-quotes = Dos de las reseñas que lo comparten
coordination-against-title = Qué habla en contra de la coordinación
coordination-against-own = { $own_words } de { $of } { $counted ->
    [reviews] reseñas
   *[accounts] cuentas
 } usan sus propias palabras.
coordination-against-day = Lo publicado justo antes da a la gente un motivo propio: { $candidates }.
coordination-say-some = Hay algunos indicios de actividad que parece coordinada.
coordination-say-strong = Hay indicios fuertes de actividad que parece coordinada, aunque no de quién participó ni por qué.
for-title = Qué habla a favor
against-title = Qué habla en contra
change-title = Qué cambiaría esta lectura
nothing-for = Ninguna señal destaca por sí sola.
nothing-against = Nada de lo que se pudo medir.
could-against = Cerca del inicio, conviene leerlo, puede hablar a favor o en contra: { $what } ({ $time }).
untested = { $count ->
    [one] Una señal no se pudo comprobar.
   *[other] { $count } señales no se pudieron comprobar.
 }
timeline-title = Cronología
chart-negative = Reseñas bajas (1 y 2 estrellas)
chart-middle = Reseñas medias (3 estrellas)
chart-positive = Reseñas altas (4 y 5 estrellas)
chart-no_stars = Reseñas sin estrellas
chart-post = Publicaciones en redes
chart-per-hour = una barra es una hora · { $zone }
chart-per-quarter = una barra son seis horas · { $zone }
chart-per-day = una barra es un día · { $zone }
chart-usual = lo habitual
chart-unseen = no observado
chart-cut = incompleto: al menos
chart-bar = { $from } a { $to }: { $count }
chart-bar-changed = { $told }, { $changed } de ellas opiniones cambiadas
chart-changed = Opiniones cambiadas entre ellas
chart-alt = { $title }, del { $from } al { $to }. Máximo en una barra: { $most }, el { $peak }. Lo habitual por barra: { $usual }.
chart-alt-changed = { $alt } De todas las de estas barras, { $count ->
    [one] una es una opinión cambiada
   *[other] { NUMBER($count) } son opiniones cambiadas
 }.
chart-alt-empty = { $title }, del { $from } al { $to }: ninguna.
mark-onset = inicio
mark-alarm = alarma
mark-peak = máximo
mark-end = fin
track-title = Qué ocurrió alrededor
track-alt = Los sucesos de la lista siguiente, en la misma línea de tiempo.
track-incident = Incidente
track-release = Versiones
track-removal = Retiradas
track-news = Noticias
track-statement = Comunicados
track-other = Otros
track-note = Notas
event-onset = Inicio más probable
event-alarm = Alarma: el primer momento en que habría sonado
event-alarm-talk = Alarma por lo dicho fuera de las tiendas
event-peak = Empieza la hora de más actividad
event-escalation = Escalada: creció a { $factor } veces
event-end = Fin de la oleada: desde aquí, dentro de lo habitual
event-again = Empezó de nuevo: se había dado por terminado
event-tail = Fin de la cola: hasta aquí, algo más de lo habitual
event-removal = { $reviews ->
    [one] Una reseña desapareció
   *[other] { NUMBER($reviews) } reseñas desaparecieron
 } de { $source }: { $low } de una o dos estrellas, { $high } de cuatro o cinco
event-removal-average = ; la media de la propia tienda era { $before } antes y { $after } después
incident-repaired = Terminado por quejas retiradas: { $incident }
incident-repairs = Retira las quejas de { $incident }
event-release = Versión { $version } ({ $source })
column-when = Cuándo
column-what = Qué
column-kind = Tipo
phrases-title = De qué habla la gente
phrases-note = Palabras y frases que distinguen estas reseñas del pasado de la aplicación, cada una usada por varias personas.
phrases-none = Ninguna frase la comparten suficientes personas para mostrarla.
column-phrase = Frase
column-items = Reseñas
column-authors = Personas
column-before = Antes
evidence-title = Pruebas
evidence-note = Cada señal se mide contra el pasado tranquilo de la propia aplicación. Azar: con qué frecuencia los tiempos tranquilos parecen al menos igual de extremos.
evidence-none = Todavía no se ha medido ninguna señal.
column-signal = Señal
column-value = Ahora
column-baseline = Habitual
column-chance = Azar
column-for = A favor de
column-finding = Hallazgo
speaks-coordination = coordinación
speaks-nothing = ninguna
impact-title = Qué efecto tiene en las estrellas
impact-note-reviews = Media de todas las reseñas que tiene Floodgauge, con el incidente y sin su exceso. La cifra de la tienda cuenta también valoraciones sin texto.
impact-note-snapshots = De los totales de la propia tienda: todas las valoraciones, con el incidente y sin su exceso.
impact-none = Hay demasiado pocas valoraciones anteriores para comparar.
column-store = Tienda
column-stars-before-snapshots = Media de la tienda antes
column-stars-before-reviews = Todas las reseñas antes
column-stars-with = Con él
column-stars-without = Sin su exceso
column-recovery = Vuelta a lo normal
impact-sides = Va en los dos sentidos: { $high } reseñas de muchas estrellas por encima de lo esperado, desde { $high_from }, frente a { $low } de pocas, desde { $low_from }.
impact-all = todas juntas
recovery-now = sin cambio duradero
recovery-days = unos { $days } con la afluencia habitual (de { $low } a { $high })
recovery-days-alike = unos { $days } con la afluencia habitual
recovery-never = no solo con la afluencia habitual
log-title = Registro de alarmas
alarm-opened = Abierta
alarm-escalated = Escalada
alarm-reclassified = Reclasificada
alarm-call = Llamamiento en marcha
alarm-unfollowed = Sin reseñas
alarm-ended = Terminada
evidence-incident-link = Leer estas reseñas

## Explorar
filter-words = Palabras en título o texto
filter-words-hint = falla* o "dos palabras"
filter-stars = Estrellas
filter-sources = Fuente
filter-kinds = Tipo
filter-versions = Versión
filter-countries = País
filter-langs = Idioma
filter-since = Desde
filter-until = Hasta
filter-sort = Orden
filter-edited = Solo editadas
filter-removed = Solo las que ya no están en la tienda
filter-more = Más filtros
sort-newest = Primero lo más reciente
sort-oldest = Primero lo más antiguo
sort-lowest = Primero menos estrellas
sort-highest = Primero más estrellas
sort-longest = Primero el texto más largo
sort-shortest = Primero el texto más corto
sort-thumbs = Primero lo más útil
only-any = Cualquiera
only-negative = Negativo
only-mixed = Mixto
only-positive = Positivo
only-with = Con
only-without = Sin
filter-sentiment = Tono
filter-texted = Texto
filter-replied = Respuesta
kind-review = Reseñas
kind-post = Publicaciones
items-found = { $count ->
    [one] Un elemento
   *[other] { NUMBER($count) } elementos
 }
items-found-changed = { $found }, { $changed }
items-found-changed-least = { $found }, al menos { $changed }
items-found-more = { $count ->
    [0] Aún sin contar
    [one] Al menos un elemento
    [10000] Más de { NUMBER($count) } elementos
   *[other] Al menos { NUMBER($count) } elementos
}
items-stopped = Se ha revisado todo hasta el { $time }. «Siguiente» continúa desde ahí.
items-today = Mostrar junto a cada reseña lo que dice hoy
page-previous = Anterior
page-next = Siguiente
item-stars = { $stars } de 5 estrellas
item-no-stars = sin estrellas
item-post = publicación en redes
item-no-text = (sin texto)
item-version = versión { $version }
item-edited = editada el { $time }
item-today = Hoy, desde el { $since }: { $said }
item-changed = opinión cambiada de una reseña escrita el { $written }
item-changed-from = { ", " }antes { $stars } de 5 estrellas
item-changed-after = { ", " }cambiada en algún momento entre el { $after } y la consulta siguiente
item-removed = ya no está en la tienda desde el { $time }
item-reply = Respuesta del { $time }
item-reply-undated = Respuesta
item-sentiment = texto: { $lean }
item-given = { $rating } en el archivo
item-thumbs = { $count ->
    [one] útil para una persona
   *[other] útil para { NUMBER($count) } personas
 }
item-more = Mostrarlo todo
score-words = ¿Qué palabras dieron el valor de sentimiento?
score-words-value = Suena { $lean }: { $value } en una escala de -1 a 1.
score-words-stars = Los textos así reciben aquí unas { $stars } estrellas.
score-words-item = Elemento
score-words-engine = Valorado por { $engine }. Un peso por encima de cero tira hacia el elogio, por debajo de cero hacia la queja.
score-words-none = Ninguna palabra por sí sola dio este valor.
score-words-word = Palabra
score-words-weight = Peso
explore-chart = Lo que encuentran los filtros, por estrellas; { $per }. Arrastrar sobre las barras acota la lista.
explore-chart-above = 3–5 estrellas o sin estrellas
explore-chart-hour = cada barra es una hora
explore-chart-day = cada barra es un día
explore-chart-week = cada barra es una semana
explore-chart-month = cada barra es un mes
explore-chart-many = Hay más resultados de los que se pueden mirar uno a uno para un gráfico: acote las fechas.
explore-share = La dirección de esta página reproduce la vista.

## Informe
report-html = Informe en HTML
report-pdf = Informe en PDF
report-title = Informe del incidente
report-made = Hecho el { $time } por Floodgauge. Incidente { $id }.
report-undrawn = [{ $script }, { $count ->
    [one] un carácter
   *[other] { $count } caracteres
 }]
report-undrawn-note = Donde este PDF nombra una escritura entre corchetes, el equipo que lo hizo no tenía letra para esos caracteres. El informe en HTML los muestra.
report-known = Qué sabemos
report-unknown = Qué no sabemos
report-picture-alt = { $title }, del { $from } al { $to }. Máximo en una barra: { $most }.
report-picture-note = Barras rayadas, todas de la misma altura: menos de { $k } elementos. Tramos punteados: no observado.
report-picture-cut = Franja rayada bajo las barras: una consulta quedó cortada, los recuentos son mínimos.
report-drafts = Borradores para editar
report-drafts-note = Escritos solo a partir de los datos. Revise cada frase antes de difundirla.
report-statement = Comunicado provisional
report-questions = Preguntas que cabe esperar
report-concern = Para los formularios de las tiendas
known-stars = Las reseñas daban { $before } estrellas de media en los 56 días anteriores y { $during } durante el incidente.
known-stars-few = Las reseñas daban { $during } estrellas de media durante el incidente; antes hubo muy pocas para comparar.
known-chance = En el momento de la alarma, un vaivén así ocurría { $chance }.
unknown-cause = Qué lo causó. Ninguna causa destaca en lo medido.
unknown-other-cause = Si la lectura es correcta: las demás causas juntas tienen una probabilidad del { $percent }.
unknown-who = Quién escribió las reseñas y por qué. Floodgauge no guarda nombres; de las cuentas solo sabe si dos reseñas son de la misma.
unknown-end = Cuándo terminará.
statement-release = Vemos que muchas personas escriben sobre problemas con la versión actual de { $name }. [Diga quién lo estudia y qué se sabe.] [Diga si la aplicación funciona en este momento y qué se puede usar mientras tanto.] Gracias a quienes se tomaron el tiempo de escribir.
statement-service = Vemos que muchas personas escriben que no pueden usar { $name } como deberían. [Diga quién lo estudia y qué se sabe.] [Diga si la aplicación funciona en este momento y qué se puede usar mientras tanto.] Gracias a quienes se tomaron el tiempo de escribir.
statement-external = Vemos que muchas personas usan las reseñas de { $name } para decir lo que piensan. [Diga lo que pueda sobre el asunto.] [Diga si la aplicación funciona en este momento y qué se puede usar mientras tanto.] Gracias a quienes se tomaron el tiempo de escribir.
statement-promotion = Muchas personas han valorado { $name } en los últimos días. Nos alegra toda opinión sincera. [Diga si se pidieron valoraciones, quién y cómo.]
statement-launch = Muchas personas nos han dicho qué les parece { $name }. [Diga si la aplicación es nueva y qué se cambia primero.] [Diga si la aplicación funciona en este momento y qué se puede usar mientras tanto.]
statement-praise-talk = Muchas personas hablan bien de { $name }. Gracias a quienes se tomaron el tiempo de escribir. [Diga qué elogian, si se sabe.]
statement-praise = Muchas personas han elogiado { $name } en los últimos días. Gracias a quienes se tomaron el tiempo de escribir. [Diga qué elogian, si se sabe.] [Diga si se pidieron valoraciones, quién y cómo.]
statement-undetermined = Vemos un número inusual de reseñas de { $name }. [Diga quién lo estudia y qué se sabe.] [Diga si la aplicación funciona en este momento y qué se puede usar mientras tanto.] Diremos aquí lo que encontremos.
question-what = ¿Qué pasa con { $name }?
question-why = ¿Por qué pasa?
question-organised = ¿Hay alguien detrás?
question-removed = ¿Harán retirar las reseñas?
question-asked = ¿Pidieron ustedes estas valoraciones?
question-safe = ¿Sigue funcionando la aplicación y están seguros los datos?
answer-why-release = { $told ->
    [posts] Por lo que dicen las publicaciones
   *[reviews] Por lo que dicen las reseñas
} (probabilidad del { $percent }), se trata de una versión de la aplicación. [Diga si es así y quién lo comprueba.]
answer-why-service = { $told ->
    [posts] Por lo que dicen las publicaciones
   *[reviews] Por lo que dicen las reseñas
} (probabilidad del { $percent }), se trata de una avería o un fallo. [Diga si es así y quién lo comprueba.]
answer-why-external = { $told ->
    [posts] Por lo que dicen las publicaciones
   *[reviews] Por lo que dicen las reseñas
} (probabilidad del { $percent }), se trata de algo ajeno a la aplicación. [Diga si es así.] Todo el mundo tiene derecho a su opinión.
answer-why-repair = { $told ->
    [posts] Por lo que dicen las publicaciones
   *[reviews] Por lo que dicen las reseñas
} (probabilidad del { $percent }), la gente retira las pocas estrellas que había dado. [Diga qué se reparó o se respondió.]
answer-why-promotion = { $told ->
    [posts] Por lo que dicen las publicaciones
   *[reviews] Por lo que dicen las reseñas
} (probabilidad del { $percent }), responden a una petición de valoraciones. [Diga si la hubo.]
answer-why-launch = { $told ->
    [posts] Por lo que dicen las publicaciones
   *[reviews] Por lo que dicen las reseñas
}, la aplicación es nueva, y los primeros días de una aplicación traen muchas reseñas. [Diga si es así.]
answer-why-undetermined = Todavía no lo sabemos.
answer-organised-not_testable = Con lo que tenemos no se puede saber.
answer-organised-none_seen = Por lo que dicen las reseñas, no hay indicios de ello.
answer-organised-some = Hay algunos indicios de actividad que parece coordinada. No dicen quién participó ni por qué, y muchas de las reseñas pueden ser la opinión propia de cada persona.
answer-organised-strong = Hay indicios fuertes de actividad que parece coordinada. No dicen quién participó ni por qué, y muchas de las reseñas pueden ser la opinión propia de cada persona.
answer-removed = Las tiendas juzgan las reseñas según sus propias normas. [Diga si comunican lo que las incumple. Las opiniones no las incumplen.]
answer-asked = [Diga si se pidieron valoraciones, quién y cómo.]
answer-safe = [Lo contestan quienes gestionan la aplicación.]
concern-praise = Nuestra aplicación { $name } ha recibido un número inusual de valoraciones altas. { $headline } En el momento de la alarma, un vaivén así ocurría { $chance }. [Diga si han pedido valoraciones a la gente, y cómo.] Les pedimos que revisen estas reseñas según sus normas de valoraciones y reseñas. El elogio sincero debe quedarse. Podemos dar horas y recuentos, sin nombres.
concern = Nuestra aplicación { $name } ha recibido un número inusual de reseñas. { $headline } En el momento de la alarma, un vaivén así ocurría { $chance }. Les pedimos que revisen estas reseñas según sus normas de valoraciones y reseñas. No pedimos que se retiren opiniones. Podemos dar horas y recuentos, sin nombres. [Diga si la aplicación funcionaba en esas horas.]

## Repetición
replay-moment = Momento
replay-silent = El { $time } la alarma aún no había dicho nada.
replay-opened = El { $time }: la alarma suena desde el { $when }; { $count ->
    [one] una reseña
   *[other] { NUMBER($count) } reseñas
 }{ $changed } hasta la última hora completa.
replay-escalated = El { $time }: el incidente creció, dice la alarma el { $when }; { $count ->
    [one] una reseña
   *[other] { NUMBER($count) } reseñas
 }{ $changed } hasta la última hora completa.
replay-reclassified = El { $time }: la lectura cambió el { $when }; { $count ->
    [one] una reseña
   *[other] { NUMBER($count) } reseñas
 }{ $changed } hasta la última hora completa.
replay-ended = El { $time }: terminado, dice la alarma el { $when }; { $count ->
    [one] una reseña
   *[other] { NUMBER($count) } reseñas
 }{ $changed } en total.
replay-changed = { " " }({ $told })
replay-later = aún no se sabe
replay-note = En las barras solo cuentan las horas completas antes del momento. La lectura se calcula de nuevo con lo publicado hasta entonces, sin ediciones ni retiradas posteriores, y con lo que las personas habían unido o separado hasta entonces; se usa el método de hoy.

## Comparar
compare-apps = Aplicaciones, hasta seis
compare-align = Alineadas por
align-onset = Inicio del último incidente
align-calendar = Últimas 8 semanas
compare-no-incident = Ningún incidente
compare-nothing = Todavía no se ha recogido ni importado nada.
compare-axis-onset = reseñas bajas en 6 horas · días desde el { $anchor }
compare-axis-calendar = reseñas bajas en 24 horas · días hacia atrás desde { $anchor }
compare-tooltip = Día { $day }: { $count }
compare-alt = Reseñas bajas de { $name } por días desde { $anchor }. Máximo en una barra: { $most }.
column-app = Aplicación
column-onset = Inicio
column-volume = Frente a lo esperado
column-stars = Estrellas
column-cause = Causa
column-signs = Indicios de coordinación

## Actuar
act-title = Decidir sobre este incidente
act-kind = Qué
act-kind-phase = Fase
act-kind-verdict = ¿Fue acertada la alarma?
act-kind-cause = Confirmar o corregir la causa
act-kind-coordination = Confirmar o corregir los indicios de coordinación
act-kind-mute = Silenciar alertas
act-kind-note = Nota en la cronología
act-value = Valor
act-phase = Fase:
act-phase-none = nadie lo ha mirado todavía
act-phase-noticed = detectado
act-phase-looking = en estudio
act-phase-monitoring = en observación
act-phase-over = terminado
act-mute-8h = silenciado 8 horas
act-mute-24h = silenciado 24 horas
act-mute-7d = silenciado 7 días
act-mute-until_escalation = silenciado hasta que se agrave
act-mute-off = sin silenciar
act-corrected-cause = el equipo dice: { $cause }
act-corrected-coordination = indicios de coordinación, según el equipo: { $signs }
act-reason = Por qué
act-reason-optional = Por qué (puede quedar vacío)
act-save = Guardar
act-saved = Guardado y anotado en el registro de abajo.
act-log = Quién hizo qué
act-log-none = Nadie ha decidido nada todavía.
act-somebody = este ordenador
column-who = Quién
column-why = Por qué
verdict-right = un suceso real
verdict-mistaken = una falsa alarma
verdict-open = sin juzgar

## Con qué frecuencia se equivoca
wrong-sentence = { $alarms ->
    [one] Una alarma
   *[other] { NUMBER($alarms) } alarmas
 } en { $years } años de aplicación. { $judged ->
    [0] Nadie ha juzgado ninguna todavía; el veredicto se da en la página del incidente.
   *[other] El equipo ha juzgado { NUMBER($judged) } y considera falsas { NUMBER($mistaken) }: { $rate } por año y aplicación (intervalo del 95 %: { $low } a { $high }), donde se permiten { $budget }.
 }
column-years = Años de historia
column-alarms = Alarmas
column-right = Sucesos reales
column-mistaken = Falsas alarmas
column-open = Sin juzgar
column-verdict = Veredicto del equipo

## Recogida
outcome-ok = completa
outcome-partial = falló en parte
outcome-failed = falló
outcome-suspect_empty = vacía, lo que es sospechoso
outcome-truncated = cortada
outcome-not_read = no se lee
unread-to-do = Para leerla, donde se ejecuta «floodgauge collect»: { $what }.
unread-yet = Configurada, nunca leída hasta ahora: ejecute «floodgauge collect».
column-source = Fuente
column-outcome = Última consulta
column-reach = Vio por completo
column-counts = Elementos
column-next = Próxima consulta
collection-reach = { $from } a { $to }
collection-counts = { $seen } leídos, { $new } nuevos, { $changed } cambiados, { $bad } ilegibles
collection-late = atrasada desde el { $time }
collection-span = { $from } a { $to }
collection-nothing = Todavía no se ha recogido ni importado nada: `floodgauge collect`
collection-cuts-none = Nada en los recuentos de los archivos indica que estén cortados.
collection-cuts-unknown = Se toma por completo; nada indica lo que falta en los archivos.
collection-imported = Importado, sin consultas: { $from } a { $to }. { $cuts }
collection-chart = Cobertura de los últimos 30 días
collection-chart-until = Cobertura de los 30 días hasta el { $until }
collection-chart-signs = barra: visto por completo · cruz: una consulta falló · nada: no observado · { $zone }
collection-chart-alt = Cobertura de { $sources ->
    [one] una fuente
   *[other] { $sources } fuentes
 } en los últimos 30 días; { $failures ->
    [0] ninguna consulta falló
    [one] una consulta falló
   *[other] { $failures } consultas fallaron
 }.
collection-note = Lo que no se observó se dibuja en todas partes como ausente, nunca como silencio.

## Datos
data-export = Llevarse los datos
data-what = Qué
data-ending = Archivo
data-items = Elementos
data-incidents = Incidentes
data-series = Series por hora
data-runs = Consultas de las fuentes
data-about-items = Cada reseña y mensaje con su tono. Sin nombres: nunca se guardan. Los datos personales de los textos están ocultos.
data-about-incidents = Una fila por incidente, con sus pruebas y frases en JSON.
data-about-series = Una fila por hora, fuente, tipo y clase de estrellas; una hora sin elementos no tiene fila.
data-about-runs = Qué vio cada consulta de cada fuente y qué no pudo ver.
data-ratings = Medias que muestran las tiendas
data-releases = Versiones publicadas
data-timeline = Titulares y comunicados
data-versions = Versiones de elementos
data-about-ratings = Una fila por consulta a la página de una tienda: su media y sus valoraciones por estrellas, por país.
data-about-releases = Una fila por versión de la aplicación en cada tienda, con sus notas.
data-about-timeline = Noticias y comunicados recogidos o anotados, con su fuente.
data-about-versions = Cada versión de cada reseña: qué decía, desde cuándo y hasta cuándo.
data-author-keys = Con claves de autor
data-author-keys-help = Dice qué elementos de este archivo son del mismo autor. Las claves se hacen de nuevo para cada archivo, de modo que dos archivos no se pueden unir.
data-prepare = Preparar el archivo
data-preparing = Preparando …
data-download = Descargar { $name }
data-made = { $rows ->
    [one] Una fila
   *[other] { NUMBER($rows) } filas
 }, { $size } KB, el SHA-256 empieza por { $mark }. El mismo almacén da el mismo archivo.
data-snapshot = Elementos de una instantánea anterior (identificador)
data-snapshot-help = El identificador de una exportación anterior da otra vez las mismas filas, llegue lo que llegue después. Vacío: lo que se sabe ahora.
data-snapshot-made = Identificador de la instantánea: nombra estas filas para siempre.
data-snapshot-changed = { $missing ->
    [0] No falta ninguna fila, pero esta instantánea ya no dice lo que decía: se retiraron textos al vencer su plazo, o el identificador es de otro almacén.
    [one] Una de las { $rows } filas de esta instantánea se olvidó o se purgó y no vuelve.
   *[other] { $missing } de las { $rows } filas de esta instantánea se olvidaron o se purgaron y no vuelven.
  } El resumen criptográfico es otro. Identificador de lo que queda:
data-snapshot-unknown = No es el identificador de una instantánea de esta aplicación en este almacén.
data-command = Lo mismo en la línea de órdenes:
data-viewers = Las exportaciones son para el equipo que gestiona este panel. Pídale un archivo.
data-dictionary = Qué significa cada columna
column-column = Columna
column-type = Tipo
column-missing = Puede faltar
column-meaning = Significado
type-str = texto
type-int = número entero
type-float = número
type-bool = verdadero o falso
type-datetime = hora, UTC
type-dict = texto JSON
yes = sí
no = no

## Alertas
alert-title-opened = { $name }: { $what } desde el { $since }{ $most }
alert-title-escalated = { $name }: crece, { $what } desde el { $since }{ $most }
alert-title-reclassified = { $name }: la lectura cambia a «{ $cause }»
alert-title-again = { $name }: empieza de nuevo, { $what } desde el { $since }{ $most }
alert-title-ended = { $name }: terminado desde el { $end }, { $kind ->
    [fewer] { $what }
   *[counted] { $what } en total
}
alert-do-opened = Qué hacer: mire el incidente, fije su fase, avise a quienes gestionan la aplicación.
alert-do-escalated = Qué hacer: mire de nuevo; lo que valía hace una hora puede no valer ahora.
alert-do-again = Qué hacer: mire de nuevo; diga públicamente que no ha terminado antes de que lo diga otro.
alert-do-reclassified = Qué hacer: compare lo dicho hasta ahora con la nueva lectura.
alert-do-ended = Qué hacer: diga si la alarma fue acertada y envíe el informe.

## Fuentes
source-news = Noticias
source-feeds = Noticias y comunicados

## Unir y separar incidentes
act-said = Hasta ahora:
act-kind-merge = Unir con otro incidente
act-kind-unmerge = Deshacer una unión
act-kind-split = Separar lo que vino después
act-kind-unsplit = Deshacer una separación
act-value-merge = Otro incidente
act-value-unmerge = Incidente unido, por su alarma
act-value-split = Desde este momento
act-value-unsplit = Separado en
act-about-merge = Los dos pasan a ser un solo incidente con la alarma más temprana. Vale en cada análisis posterior y se puede deshacer.
act-about-unmerge = Vuelven a ser incidentes distintos.
act-about-split = Lo que vino desde este momento pasa a ser un incidente propio. Vale en cada análisis posterior y se puede deshacer. Las alarmas enviadas quedan como están.
act-about-unsplit = Las dos partes vuelven a ser un solo incidente.
act-joined = unido por una persona a partir de { $count } incidentes
act-split-from = separado por una persona
known-joined = Una persona unió { $count } incidentes en este; los recuentos son sus sumas.
known-split = Una persona separó este incidente de uno anterior.
act-saved-later = Anotado en el registro; el próximo análisis lo aplica.

## Veredictos, calibración, etiquetas
wrong-unjudged = { $count ->
    [one] Una alarma está sin juzgar; si también fuera falsa, serían { $most } por año y aplicación.
   *[other] { NUMBER($count) } alarmas están sin juzgar; si todas fueran falsas, serían { $most } por año y aplicación.
 }
wrong-all = Todas las aplicaciones
wrong-read-later = Los años incluyen historia importada: se leyó después, y nadie vigilaba entonces.
wrong-note = Falsas alarmas al año con su intervalo del 95 % (Poisson exacto, según Garwood), a partir de las alarmas que el equipo considera falsas. Solo las personas pueden decir cuál lo fue: el veredicto se da en la página del incidente.
column-rate = Falsas al año
calibration-title = ¿Se cumplen las probabilidades indicadas?
calibration-few = Aún no hay bastantes veredictos ({ NUMBER($count) } de { NUMBER($enough) }). Cada causa que alguien confirma o corrige en la página de un incidente es uno.
calibration-note = Causas que las personas confirmaron o corrigieron, según la probabilidad que Floodgauge había indicado. Está bien calibrado donde la media indicada cae dentro del intervalo (95 %, según Wilson).
calibration-signs = Indicios de coordinación: las personas estuvieron de acuerdo con { NUMBER($agreed) } de los { NUMBER($count) } que juzgaron.
column-stated = Probabilidad indicada
column-judged = Juzgadas
column-mean-stated = Indicada, media
column-came-true = Acertó
column-interval = Intervalo del 95 %
labels-download = Descargar lo que se decidió
data-labels = Etiquetas
data-about-labels = Cada decisión del equipo: veredictos, correcciones, fases, uniones y separaciones, con lo que Floodgauge había dicho en ese momento. Quién decidió figura como función y marca cifrada, nunca con su nombre.

## Resumen y canales de alertas
alert-late = Este aviso llega tarde: debía haberse enviado el { $since }.
alert-test-title = Floodgauge: un mensaje de prueba
alert-test-body = Este canal recibe mensajes. No ha pasado nada: alguien pidió esta prueba con `floodgauge check --send`.
alert-title-digest = { $count } incidentes: lo que llegó entretanto
analysis-failed = { $name }: el último análisis, del { $at }, falló: { $reason }. Lo que se muestra es del análisis del { $before }; el próximo que funcione lo pondrá al día.
analysis-never-worked = { $name }: el último análisis, del { $at }, falló: { $reason }. Ninguno ha funcionado todavía, así que no se sabe nada de ella.
analysis-failed-more = { $count ->
    [one] Falló el último análisis de otra aplicación; `floodgauge status` la muestra.
   *[other] Falló el último análisis de otras { $count } aplicaciones; `floodgauge status` las muestra.
 }
channel-failing = { $waiting ->
    [one] Una alerta espera: el canal { $channel } no la acepta desde el { $since }. Se reintenta en cada análisis.
   *[other] { $waiting } alertas esperan: el canal { $channel } no las acepta desde el { $since }. Se reintentan en cada análisis.
 }

## De un gráfico a sus elementos
pick-title = Leer lo que hay detrás de una barra
pick-bar = Barra
pick-span = { $from } a { $to }
pick-open = Leer estos elementos
pick-asked = Solo de { $from } a { $to }
pick-all = Todo el tiempo

## Repetición y entrenamiento
replay-mode = Qué
replay-mode-incident = Un incidente pasado
replay-mode-training = Entrenar con un caso simulado
replay-verdict = La lectura del { $time }
replay-no-verdict = Aún no había alarma, así que no había lectura.
replay-make = Hacer la lectura de este momento
replay-large = Esta aplicación tiene una historia larga: leerla toda hasta este momento lleva minutos.
replay-working = Calculando lo que se sabía …
training-case = Caso
training-case-number = Caso { $number }
training-preparing = Inventando el caso …
training-alarm = El { $time }: la alarma suena desde el { $alarm }; { $count ->
    [one] una reseña
   *[other] { NUMBER($count) } reseñas
 } hasta ahora.
training-step = { $hours ->
    [one] Una hora más
    [24] Un día más
   *[other] { $hours } horas más
 }
training-again = Desde el principio
training-newest = Reseñas y publicaciones más recientes
training-none = Nada en la última semana.
training-verdict = Su veredicto
training-what = ¿Qué está pasando?
training-nothing = nada inusual
training-give = Este es mi veredicto
training-truth = Lo que era
training-truth-nothing = En ese momento no pasaba nada.
training-truth-event = Era { $kind }, causa: { $cause }. Empezó el { $onset } y { $coordinated ->
    [yes] estaba coordinado
   *[other] no estaba coordinado
 }.
training-kind-flood = un llamamiento a inundar la aplicación de reseñas
training-kind-bad_release = una versión que falla
training-kind-outage = una avería
training-kind-policy_reaction = una reacción a una decisión del organismo
training-kind-promotion = una petición de valoraciones
training-kind-press_launch = un lanzamiento
training-kind-counter_swing = elogios en respuesta a una avalancha
training-after = Usted juzgó { $length } después del comienzo.
training-machine = Lo que Floodgauge leyó en ese mismo momento
column-question = Pregunta
column-verdict-given = Su veredicto
column-held = Acertó

## Inicio de sesión
login-needed-title = Inicie sesión
login-needed = Este panel es para el equipo que lo gestiona.
login-in = Iniciar sesión
login-out = Cerrar sesión
login-as = En el registro de decisiones usted es { $mark }.
login-stranger-title = No está en la lista
login-stranger = Ha iniciado sesión, pero no como alguien a quien esta instalación deja entrar. Pida a quienes la gestionan que añadan su dirección.
login-refused-title = No se deja entrar a nadie
login-refused = No está claro quién puede ver este panel, así que no muestra nada. Quien lo gestiona lo corrige en el servidor:
login-missing-title = El inicio de sesión aún no puede funcionar
login-missing = Hay un inicio de sesión configurado, pero falta el paquete que necesita. En el servidor:

## The page for the public
public-title = Qué recopila Floodgauge aquí
public-made = A { $day } (UTC).
public-lead = Floodgauge cuenta las reseñas públicas de estas aplicaciones, y las publicaciones públicas que las nombran, para distinguir un cambio repentino en lo que la gente dice de las variaciones corrientes. Esta página dice qué guarda, durante cuánto tiempo y cuántas veces se equivocaron sus alarmas.
public-sources = Qué se recopila, y de dónde
public-nothing = Todavía no se ha recopilado nada.
public-reviews = reseñas, estrellas, versiones, respuestas del desarrollador
public-posts = publicaciones que nombran la aplicación o el organismo
public-headlines = titulares y sus direcciones
public-imported = importado
public-file = un archivo que importó el organismo
public-file-reviews = reseñas y estrellas; versiones y respuestas del desarrollador si el archivo las tiene
public-until-removed = hasta que el organismo lo borre
public-days = { $count ->
    [one] un día
   *[other] { NUMBER($count) } días
 }
public-no-limit = sin límite
public-searched = Se busca en estas redes sobre { $app }: { $queries }.
public-kept = Qué se guarda, y durante cuánto tiempo
public-kept-reviews = El texto de una reseña: { $count ->
    [one] un día
   *[other] { NUMBER($count) } días
 } desde que se leyó por primera vez.
public-kept-posts = El texto de una publicación: { $count ->
    [one] un día
   *[other] { NUMBER($count) } días
 } desde que se leyó por primera vez.
public-kept-imported = Lo importado de una aplicación que no se recopila: hasta que el organismo lo borre.
public-kept-removed = Lo que retiró su autor o la plataforma: su texto y el código de su autor se borran { $count ->
    [one] un día
   *[other] { NUMBER($count) } días
 } después de que se notara.
public-kept-counts = Sin límite: estrellas, horas y el código del autor de lo que no se retiró, recuentos por hora; incidentes con sus indicios, en recuentos y en frases breves que usaron varias personas.
public-people = Personas
public-people-names = No se guardan nombres, fotos ni direcciones de perfiles. Un autor es un código que solo esta instalación puede formar y nadie puede descifrar.
public-people-masked = Las direcciones de correo, los números de teléfono, los nombres de cuenta y los números de tarjetas y documentos se tapan en los textos antes de guardarlos, en la medida en que se reconocen.
public-people-forgotten = Quien quiera que se quite una reseña o publicación suya puede pedirlo al organismo; lo que se olvida a petición no vuelve.
public-people-no-list = No hay listas, búsquedas ni seguimiento de cuentas, y no se deduce ninguna opinión política, origen o creencia.
public-people-small = Los recuentos de menos de { $k } elementos no se muestran en esta página, salvo que no haya ninguno.
public-wrong = Cuántas veces se equivocaron las alarmas
public-wrong-note = Una alarma dice que pasa algo fuera de lo corriente, no quién lo hace ni por qué. Solo las personas pueden decir qué alarma fue falsa; se da una tasa cuando han juzgado algunas.
column-newest = Lo más reciente
column-read = Última lectura
column-kept = Se guarda el texto

## What they say
excerpts-title = Lo que dicen
also = Puede haber una segunda causa: { $cause }.

## De un vistazo
glance-what = { $kind ->
    [negative] { $count } { $n ->
        [one] reseña
       *[other] reseñas
    } de pocas estrellas
    [positive] { $count } { $n ->
        [one] reseña
       *[other] reseñas
    } de muchas estrellas
    [mixed-negative] { $count } { $n ->
        [one] reseña
       *[other] reseñas
    } de pocas estrellas
    [mixed-positive] { $count } { $n ->
        [one] reseña
       *[other] reseñas
    } de muchas estrellas
    [ratings] { $count } { $n ->
        [one] valoración baja
       *[other] valoraciones bajas
    }
    [talk-negative] { $count } { $n ->
        [one] publicación
       *[other] publicaciones
    }, en su mayoría críticas,
    [talk-positive] { $count } { $n ->
        [one] publicación
       *[other] publicaciones
    }, en su mayoría favorables,
    [talk-mixed] { $count } { $n ->
        [one] publicación
       *[other] publicaciones
    }
    [fewer-negative] faltan reseñas de pocas estrellas
    [fewer-positive] faltan reseñas de muchas estrellas
    [fewer-mixed] faltan reseñas
   *[other] { $count } { $n ->
        [one] reseña
       *[other] reseñas
    }
}
glance-say = { $share ->
    [most] La mayoría { $gives } ({ $count } de { $all })
    [many] Muchas { $gives } ({ $count } de { $all })
   *[some] Lo que más se dice: { $count } de { $all } { $gives }
}{ $others ->
    [none] .
   *[other] ; { $others }.
}
glance-other = { $count } { $gives }
glance-subject = la mayoría { $gives }
glance-peak = En la hora de más actividad llegaron { $count } (desde { $at })
glance-pace = En la hora hasta { $until }: { $count }; { $peak }. { $trend ->
    [growing] En las dos últimas horas llegaron más que en las dos anteriores.
    [shrinking] En las dos últimas horas llegaron menos que en las dos anteriores.
   *[steady] En las dos últimas horas llegaron más o menos las mismas que en las dos anteriores.
}
glance-stores = Media que muestran las tiendas: { $stores }.
glance-store = { $store } { $now } ({ $before } antes de que empezara)
glance-store-now = { $store } { $now }
first-look-title = De un vistazo
how-we-know = Cómo lo sabemos: palabras, señales, método, registro de alarmas
excerpt-shows-post = Las publicaciones como esta { $gives }.
excerpt-shows = Las reseñas como esta { $gives }.
glance-down = De { $all } reseñas leídas, { $said }. Floodgauge lee reseñas; no comprueba la aplicación.
glance-down-none = Ninguna reseña se leyó como queja de que no funciona. Floodgauge lee reseñas; no comprueba la aplicación.
excerpt-differs = Esta difiere.

## La primera página del informe
brief-what = Qué pasó
brief-say = Qué escribe la gente
brief-like = Qué parece
brief-signs = ¿Hay indicios de coordinación?
brief-stores = Qué muestran las tiendas
brief-works = ¿Funciona la aplicación?
brief-pace = ¿Crece o decrece?
brief-annex = Anexo: cómo lo sabemos
report-drafts-html = Borradores para editar
statement-talk = Vemos que muchas personas hablan de { $name }. [Digan quién lo está mirando y qué se sabe.] [Digan lo que puedan sobre el asunto.] Cada cual tiene derecho a su opinión, y leemos lo que se dice.
statement-fewer = Últimamente menos personas que de costumbre han reseñado { $name }. [Digan si ha cambiado la petición de valoraciones, la aplicación o su página en la tienda.] Diremos aquí lo que encontremos.
next-talk-read = Lea las publicaciones más recientes, y los comunicados y versiones en la línea de tiempo.
next-talk-answer = Acuerden quién responde y en qué red. Preparen el comunicado provisional: los borradores para editar son un archivo aparte, junto al informe.
next-talk-stores = Mire la página de la aplicación en cada tienda antes de una hora: lo que se dice fuera suele llegar allí después.
evidence-incident-link-posts = Leer estas publicaciones
