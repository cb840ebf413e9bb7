page-trends = Tendencias
data-trends = Tendencias
data-about-trends = Tendencias de todo el historial de una aplicación: una fila por intervalo y serie, como las dibuja la página Tendencias.

trends-apps = Aplicaciones, hasta seis
trends-span = { $from } a { $to }
trends-days = Periodo
trends-days-7 = 7 días
trends-days-30 = 30 días
trends-days-90 = 90 días
trends-days-365 = un año
trends-days-all = todo
trends-days-dates = fechas
trends-from = Desde
trends-to = Hasta, inclusive
trends-bin = Un punto es
trends-bin-auto = lo que convenga
trends-bin-hour = una hora
trends-bin-day = un día
trends-bin-week = una semana
trends-bin-month = un mes
trends-against = Frente a
trends-against-previous = el periodo anterior
trends-against-year = 52 semanas antes
trends-against-none = nada
trends-by = Separar por
trends-by-none = nada
trends-by-source = tienda
trends-by-country = país
trends-by-lang = idioma
trends-by-version = versión
trends-by-reason = motivo
trends-shown = Se muestra: { $span }, comparado con { $before }.
trends-shown-alone = Se muestra: { $span }.
trends-drag = Arrastre sobre un panel para ver un periodo de cerca; las fechas hacen lo mismo.
trends-closer = Solo { $span }
trends-whole = Volver al periodo entero
trends-read = { $count ->
    [one] Leer esta reseña
   *[other] Leer estas { $total } reseñas
}
trends-pick = Leer uno de los intervalos
trends-pick-bin = Intervalo
trends-pick-option = { $when }: { $count }
trends-empty-title = Nada en este periodo
trends-empty = No se vio ninguna reseña ni mensaje de esta aplicación. Elija un periodo más largo.
trends-too-fine = Serían más de 2000 puntos. Elija un intervalo más largo.
trends-happened = Qué ocurrió
trends-happened-none = Ningún incidente, versión, comunicado ni titular en este periodo.
trends-released = Versión { $version } en { $store }
trends-removed = { $count } reseñas desaparecieron de una tienda
trends-open-incident = { $when }: { $what }
trends-more = y { $count } más
trends-coverage = No se vio todo en este periodo: lo rayado no lo miró nadie, y en el resto los recuentos pueden ser mínimos.
trends-imported = { $source }: importado, y el archivo parece cortado. Los recuentos anteriores pueden ser demasiado bajos.
trends-waiting = Las reseñas más nuevas esperan al próximo análisis: su tono aún no se conoce.

trends-per-hour = un punto es una hora
trends-per-day = un punto es un día
trends-per-week = un punto es una semana
trends-per-month = un punto es un mes
trends-on-hour = el { $time }
trends-on-day = el { $day }
trends-on-week = en la semana del { $day }
trends-on-month = en { $month }
trends-when-day = { $day }
trends-when-week = la semana del { $day }
trends-when-month = { $month }
trends-tooltip = { $when }: { $value } (de { $items })

trends-title-reviews = Reseñas por estrellas
trends-title-stars = Media de estrellas de las reseñas
trends-title-store_average = Lo que muestran las tiendas
trends-title-sentiment = Tono de los textos
trends-title-sentiment-mean = Tono medio
trends-title-reasons = Motivos que dan las reseñas
trends-title-posts = Publicaciones en redes
trends-title-replies = Reseñas respondidas
trends-title-replies-hours = Tiempo hasta la respuesta
trends-unit-reviews = número · { $per }
trends-unit-usual = número · { $per } · discontinua: máximo habitual de reseñas de pocas estrellas
trends-unit-stars = 1 a 5 · sombreado: intervalo del 95 % · { $usual ->
    [1] gris: rango habitual ·
   *[0] {""}
} { $per } con al menos cinco
trends-unit-store_average = 1 a 5, todas las valoraciones hasta entonces, también las que no tienen texto · { $per }
trends-unit-sentiment = parte de las reseñas con texto · { $per } con al menos cinco
trends-unit-sentiment-mean = −1 queja a 1 elogio · sombreado: intervalo del 95 % · { $per } con al menos cinco
trends-unit-reasons = parte de las reseñas con texto · una reseña puede dar varios · { $per } con al menos cinco
trends-unit-posts = número · { $per }
trends-unit-replies = parte de las reseñas, de tiendas que muestran respuestas · { $per } con al menos cinco
trends-unit-replies-hours = horas, la mitad se respondió antes · { $per } con al menos cinco respuestas
trends-alt = { $title }. { $sentence } La tabla de abajo tiene los números.
trends-line-mean = media
trends-label-high = 3 a 5 estrellas
trends-series-reviews-low = 1–2 estrellas
trends-series-reviews-middle = 3 estrellas
trends-series-reviews-high = 4–5 estrellas
trends-series-reviews-no-stars = sin estrellas
trends-series-stars-mean = media de estrellas
trends-series-sentiment-negative = negativo
trends-series-sentiment-mixed = mixto
trends-series-sentiment-positive = positivo
trends-series-sentiment-unread = no se sabe
trends-series-sentiment-mean = tono medio
trends-series-posts-calls = llamamientos
trends-series-replies-answered = respondidas
trends-series-replies-hours = horas
trends-series-silent = { $source }, sin reseña
trends-series-sentiment = { $source }, tono

trends-reviews = { $count ->
    [0] Ninguna reseña.
    [one] Una reseña, { $low } con una o dos estrellas.
   *[other] { $total } reseñas, { $low } de ellas con una o dos estrellas ({ $share }).
}
trends-reviews-before = { $span }: { $count ->
    [0] ninguna.
    [one] una, { $low } con una o dos estrellas.
   *[other] { $total }, { $low } con una o dos estrellas ({ $share }).
}
trends-changed = { $count ->
    [one] Una de las reseñas es una opinión cambiada.
   *[other] { $told } de las reseñas son opiniones cambiadas.
}
trends-unseen = Nadie miró en este periodo: no se sabe cuántas reseñas llegaron.
trends-unseen-before = { $span }: nadie miró.
trends-few = Menos de cinco: sin media.
trends-stars-mean = { $mean } de media ({ $low } a { $high }), de { $items } reseñas.
trends-stars-change = { $way ->
    [up] Las estrellas subieron de { $before } a { $after }
    [down] Las estrellas bajaron de { $before } a { $after }
    [up-few] Solo por unos pocos días, las estrellas subieron de { $before } a { $after }
    [up-few-hours] Solo por unas pocas horas, las estrellas subieron de { $before } a { $after }
    [down-few] Solo por unos pocos días, las estrellas bajaron de { $before } a { $after }
    [down-few-hours] Solo por unas pocas horas, las estrellas bajaron de { $before } a { $after }
   *[same] Sin cambio claro en las estrellas: { $before } antes, { $after } ahora
} (medias de { $items_before } y { $items } reseñas).
trends-sentiment-change = { $way ->
    [up] El tono subió de { $before } a { $after }
    [down] El tono bajó de { $before } a { $after }
    [up-few] Solo por unos pocos días, el tono subió de { $before } a { $after }
    [up-few-hours] Solo por unas pocas horas, el tono subió de { $before } a { $after }
    [down-few] Solo por unos pocos días, el tono bajó de { $before } a { $after }
    [down-few-hours] Solo por unas pocas horas, el tono bajó de { $before } a { $after }
   *[same] Sin cambio claro en el tono: { $before } antes, { $after } ahora
} (medias de { $items_before } y { $items } textos).
trends-stars-lowest = Lo más bajo: { $mean } { $when }.
trends-store-average = { $store } muestra { $now }, al principio { $first }.
trends-store-average-none = No se vio la media propia de ninguna tienda.
trends-silent = Allí llegaron { $count } valoraciones sin reseña, { $mean } estrellas de media.
trends-sentiment = De { $texts } reseñas con texto, { $negative } son negativas, { $mixed } mixtas, { $positive } positivas; { $unread } sin determinar.
trends-sentiment-before = { $span }: { $negative } negativas, { $positive } positivas.
trends-reasons = Lo más nombrado: { $reasons }.
trends-reasons-risen = Nombrado más que antes: { $reasons }.
trends-reasons-fallen = Nombrado menos: { $reasons }.
trends-reasons-none = Muy pocas reseñas dan un motivo.
trends-sampled = Se leyó una de cada { $every } reseñas.
trends-sampled-posts = Se leyó una de cada { $every } publicaciones.
trends-named = { $name } ({ $told })
trends-posts = Publicaciones: { $networks }. Llamamientos a actuar sobre la aplicación: { $calls }.
trends-posts-none = No se vieron publicaciones.
trends-replies = Se respondió al { $share }.
trends-replies-hours = La mitad de las respuestas llegó en { $hours } horas.
trends-replies-none = Ninguna tienda muestra aquí respuestas a cinco reseñas o más.

trends-reason-update = una actualización
trends-reason-crash = cierres inesperados
trends-reason-login = iniciar sesión
trends-reason-server = lento o caído
trends-reason-feature = una función
trends-reason-device = un dispositivo
trends-reason-price = precio
trends-reason-privacy = privacidad
trends-reason-politics = política
trends-reason-world = un suceso externo
trends-reason-service_people = personal, labor de un organismo
trends-reason-content = contenido
trends-reason-asked = petición de valorar
trends-reason-call = llamamientos
trends-reason-joke = bromas
trends-reason-copy = un texto copiado
trends-reason-rival = otra aplicación
trends-reason-praise = elogio
trends-reason-blame = queja sin motivo
trends-unknown-source = tienda desconocida
trends-unknown-country = país desconocido
trends-unknown-lang = idioma desconocido
trends-unknown-version = sin versión indicada
trends-unknown-reason = sin motivo
trends-version = versión { $version }
trends-group-rest = grupos de menos de cinco, juntos

trends-moved = Qué movió las estrellas
trends-moved-note = El cambio de { $change } dividido en partes que suman exactamente eso: lo que hizo la parte de cada grupo en las reseñas y lo que hizo su propia media. Entre paréntesis: intervalo del 95 %, sorteando de nuevo los días (en periodos cortos, las horas). La fórmula está en docs/trends.md.
trends-moved-none = Hay muy pocas reseñas con estrellas en uno de los periodos.
trends-moved-most = Sobre todo: { $parts }.
trends-moved-one = { $group } ({ $moved })
trends-moved-spread = Ninguna tienda y versión lo explica por sí sola.
trends-moved-by = Separado por { $by }
trends-moved-by-source-version = tienda y versión
trends-moved-by-country = país
trends-moved-by-lang = idioma
trends-moved-by-reason = motivo: de las reseñas con estrellas y texto, { $change } en total; la que da dos motivos cuenta la mitad en cada uno
trends-column-group = Grupo
trends-column-moved = Efecto
trends-column-why = Cómo
trends-moved-value = { $moved } ({ $low } a { $high })
trends-why = { $share_before } → { $share } de las reseñas ({ $by_share }); media propia { $mean_before } → { $mean } ({ $by_mean })
trends-why-new = nuevo: { $share } de las reseñas, media { $mean }
trends-why-gone = ya no está: era { $share } de las reseñas, media { $mean }
trends-save = Guardar en un archivo
trends-save-page = La página entera, o sus números (CSV)
trends-save-one = Un gráfico o una tabla
trends-made = Hecho { $made }. Datos hasta { $until }.
trends-split-reviews-low = Reseñas con una o dos estrellas
trends-split-reviews-high = Reseñas con cuatro o cinco estrellas
trends-split-stars-mean = Media de estrellas de las reseñas
trends-split-sentiment-negative = Parte de textos negativos
trends-split-sentiment-mean = Tono medio
trends-split-told = En todo el periodo: { $groups }.

week-page = La semana
week-title = { $name }: { $from } a { $to }
week-quiet = { $stars } No ocurrió nada más: ningún incidente, ninguna versión, ningún titular, ningún cambio claro.
week-changed = Qué cambió
week-year = Frente a la misma semana hace un año: { $change }
week-said = Qué dice la gente
week-quote-low = Pocas estrellas: «{ $text }»
week-quote-high = Muchas estrellas: «{ $text }»
week-releases = Versiones
week-incidents = Incidentes
week-waiting = Reseñas sin responder
week-replies = { $count ->
    [one] Una reseña de pocas estrellas de la semana no tiene respuesta.
   *[other] { $count } reseñas de pocas estrellas de la semana no tienen respuesta.
}
week-unseen = Qué no se pudo ver
week-until = Los datos más nuevos son de { $until }.

trends-releases = Versiones
trends-releases-note = Reseñas que nombran la versión, desde su publicación. Mejor o peor: dentro de cada tienda e idioma, frente a la versión anterior, cada una en sus primeros 28 días.
trends-column-version = Versión
trends-column-released = Publicada
trends-column-first = Reseñas en 3, 7, 28 días
trends-column-mean = Estrellas
trends-column-sentiment = Tono
trends-column-share = Parte
trends-column-better = Frente a la anterior
trends-release-early = demasiado pronto para saberlo
trends-release-first = la primera que se conoce
trends-release-verdict = { $way ->
    [better] mejor que { $before }
    [worse] peor que { $before }
   *[open] sin diferencia clara con { $before }
}: { $chance } de ser mejor ({ $difference } estrellas, { $low } a { $high })
trends-open = Tendencias
trends-open-all = Estrellas y tono de estas aplicaciones en el tiempo, en las mismas escalas
trends-organisation = Todas las aplicaciones, según lo que más cambió
trends-organisation-note = Primero, las aplicaciones cuyas estrellas cambiaron con más claridad. Cada línea es la media con su intervalo del 95 %, en una misma escala para todas.
trends-organisation-alone = Cada línea es la media con su intervalo del 95 %, en una misma escala para todas las aplicaciones.
trends-organisation-app = Aplicación
trends-organisation-counts = { $now }, antes { $before }
trends-organisation-stars = Estrellas
trends-organisation-sentiment = Tono
trends-organisation-change = Cambio
trends-organisation-alt = { $title }: { $points }
trends-moved-none-short = muy pocas reseñas para comparar
trends-organisation-reviews = Reseñas
