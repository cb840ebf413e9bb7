### Lo que el análisis encontró, en español: para páginas, informes, alertas y exportaciones. Solo palabras neutras.

## Numbers and times
format-time = EEE d MMM y, HH:mm
format-clock = d MMM HH:mm
format-lately = EEE HH:mm
format-day = d MMM y
format-calendar-day = d MMM
format-moment = d 'de' MMMM 'de' y, HH:mm
once-in = una vez cada { $count }
rarer-than = menos de una vez en un millón
times-of-ten = { $count } de cada 10
usual-chance = habitual
fewer-than = menos de { $k }
share-below = menos del { $percent }

## Findings of the signals
finding-audience = { $reviews } de { $of } reseñas ({ $value_share }) vienen de un país, un idioma o una escritura que la aplicación apenas tenía antes; en tiempos tranquilos es { $usual_share }.{ $newest ->
    [none] { "" }
   *[other] { " " }Sobre todo: { $newest }.
 }
finding-burst_words = { $reviews } de { $of } reseñas ({ $value_share }) contienen una palabra que se usa claramente más que antes; en tiempos tranquilos es { $usual_share }.{ $words ->
    [none] { "" }
   *[other] { " " }Sobre todo { $words }.
 }
finding-call_to_action = { $when ->
    [none] Ninguna publicación que nombre la aplicación pide valorarla, reseñarla, denunciarla o inundarla.{ $downloads ->
        [0] { "" }
       *[other] { " " }Publicaciones que piden descargarla: { $downloads }.
     }
   *[other] { $posts ->
        [one] Una publicación que nombra la aplicación pide
       *[other] { $posts } publicaciones que nombran la aplicación piden
     } valorarla, reseñarla, denunciarla o inundarla ({ $languages }). La primera salió { $first }, { $lead } { $when ->
        [before] antes
       *[other] después
     } del inicio; { $posts_early } de ellas, de { $people_early ->
        [one] una persona
       *[other] { $people_early } personas
     }, salieron antes de la mitad de las reseñas. { $quiet_known ->
        [no] No se recogen publicaciones de semanas tranquilas con las que comparar.
       *[yes] En semanas tranquilas eran { $usual_number } por semana.
     }
 }
finding-call_wording = { $phrases ->
    [0] Ninguna de las frases propias de los llamamientos ({ $of_phrases }) vuelve en las reseñas en número apreciable.
    [one] Una frase propia de los llamamientos vuelve en { $reviews } de { $of } reseñas ({ $value_share }): { $words }. Antes casi ninguna reseña la tenía.
   *[other] { $phrases } frases propias de los llamamientos vuelven en { $reviews } de { $of } reseñas ({ $value_share }), sobre todo { $words }. Antes casi ninguna reseña las tenía.
 }
finding-co_action = { $people ->
    [0] Ninguna cuenta de las recogidas publicó sobre la aplicación.
    [one] No hubo dos cuentas que publicaran casi las mismas palabras sobre la aplicación en diez minutos.
   *[other] { $few_people ->
        [yes] { $people } cuentas
       *[no] Como mucho { $people } cuentas
     } publicaron casi las mismas palabras sobre la aplicación en diez minutos.
 }{ $people_again ->
    [0] { "" }
   *[other] { " " }{ $people_again } cuentas compartieron tres o más de los mismos enlaces, etiquetas o textos con menos de diez minutos entre sí.
 }
finding-edits = { $reviews ->
    [0] De ninguna de estas reseñas se sabe que sea
    [one] Una de estas reseñas es
   *[other] { $reviews } de estas reseñas son
 } una opinión cambiada que antes tenía { $moved ->
    [raised] menos
   *[lowered] más
 } estrellas; al ritmo anterior serían { $usual_number }.
finding-emoji = { $reviews } de { $of } reseñas ({ $value_share }) contienen un emoji; en tiempos tranquilos es { $usual_share }.
finding-failure_words = Lo nuevo de estas reseñas habla de fallos { $degree ->
    [more] más de lo
    [less] menos de lo
   *[same] más o menos como es
 } habitual en reseñas con las mismas estrellas (peso { $value }, antes { $usual }).
finding-fault_level = Las reseñas de pocas estrellas hablan { $degree ->
    [more] más
   *[less] menos
 } de fallos que las de otras aplicaciones en su idioma ({ $value } desviaciones típicas{ $own_past ->
    [yes] ; las anteriores de esta aplicación { $usual }
   *[no] { "" }
 }).
finding-new_reasons = { $top ->
    [none] Ninguna de las reseñas ({ $value_share }) da un motivo que se pueda leer.
   *[other] { $reviews } de { $of } reseñas ({ $value_share }) { $says }; de { $earlier } anteriores con las mismas estrellas lo hacía el { $usual_share }.{ $on ->
        [none] { "" }
       *[other] { " " }{ $on_reviews } son de la versión { $on }; de las anteriores, el { $on_before }.
     }
 }
finding-new_version = { $value_share } de las reseñas que nombran una versión nombran una vista por primera vez como mucho 14 días antes del inicio{ $usual_known ->
    [yes] ; en tiempos tranquilos es { $usual_share }
   *[no] { "" }
 }. La mayoría nombra { $version } ({ $reviews } reseñas).
finding-new_words = { $value_share } de las palabras no se habían usado nunca en las reseñas anteriores; en otras tantas reseñas tranquilas es { $usual_share }.
finding-clockwork = { $what ->
    [gaps] El { $value_share } de los intervalos vecinos entre llegadas son casi iguales; por azar sería el { $usual_share }. Quienes no saben unos de otros no llegan con tanta regularidad; un programa que las envía, sí, y también una tienda que muestra las reseñas por tandas.
    [second] El { $value_share } de las reseñas se escribieron en el mismo segundo de un minuto; por azar sería el { $usual_share }.
    [night] El { $value_share } de las reseñas llegaron en las horas en que duermen quienes suelen reseñar la aplicación ({ $usual_share } antes), noche tras noche.
   *[none] Las reseñas llegan como las de personas que no saben unas de otras: el { $value_share } de los intervalos vecinos son casi iguales, el { $usual_share } por azar.
 }
those-counted = { $counted ->
    [reviews] reseñas
   *[accounts] cuentas
 }
finding-declared_calls = { $people ->
    [0] Ninguna de { $of } { those-counted } ({ $value_share }) dice que alguien se lo pidiera.
    [one] Una de { $of } { those-counted } ({ $value_share }) nombra un llamamiento, el grupo del que viene o para qué es la valoración.
   *[other] { $people } de { $of } { those-counted } ({ $value_share }) nombran un llamamiento, el grupo del que vienen o para qué es la valoración ({ $usual_share } antes). Pedir a otros que opinen es derecho de todos.
 }
finding-not_users = { $people ->
    [0] Ninguna de { $of } { those-counted } ({ $value_share }) dice que nunca usó la aplicación o que vive en otra parte.
    [one] Una de { $of } { those-counted } ({ $value_share }) dice que nunca usó la aplicación o que vive en otra parte.
   *[other] { $people } de { $of } { those-counted } ({ $value_share }) dicen que nunca usaron la aplicación o que viven en otra parte ({ $usual_share } antes).
 }
finding-same_hands = { $people } de { $of } cuentas que la fuente distingue ({ $value_share }) puntuaron también otra aplicación observada en esos días, o escribieron en una oleada anterior ({ $usual_share } de quienes escribieron antes). Un fallo que vuelve trae de nuevo a las mismas personas.
finding-one_text = { $texts ->
    [0] Ningún texto de ocho palabras o más lo comparten muchas de las { $of } { those-counted } que dicen algo ({ $value_share }).
    [one] { $people } de { $of } { those-counted } ({ $value_share }) comparten un mismo texto, con las mismas palabras salvo alguna. Nadie da con esas palabras por casualidad; las campañas, también las legítimas, reparten textos.{ $own_words ->
        [0] { "" }
        [one] { " " }La otra usa sus propias palabras.
       *[other] { " " }Las otras { $own_words } usan sus propias palabras.
     }
   *[other] { $people } de { $of } { those-counted } ({ $value_share }) comparten { $texts } textos, con las mismas palabras salvo alguna. Nadie da con esas palabras por casualidad; las campañas, también las legítimas, reparten textos.{ $own_words ->
        [0] { "" }
        [one] { " " }La otra usa sus propias palabras.
       *[other] { " " }Las otras { $own_words } usan sus propias palabras.
     }
 }
finding-one_star = { $reviews } de { $of } reseñas de una a tres estrellas ({ $value_share }) dan una estrella{ $usual_known ->
    [yes] ; antes era { $usual_share }
   *[no] { "" }
 }.
finding-other_stars = Las reseñas de { $stars ->
    [low] pocas
   *[high] muchas
 } estrellas llegaron a { $value_stars } veces su ritmo habitual.
finding-rating_text = { $reviews } de { $of } reseñas ({ $value_share }) suenan a lo contrario de sus estrellas; en tiempos tranquilos es { $usual_share }.
finding-ratings_share = Llegaron { $reviews } reseñas, cuando las tiendas mostraban antes { $of } valoraciones: { $value_share }.
finding-shared_phrases = { $phrases ->
    [0] Ninguna frase antes rara la comparten { $few_people ->
        [yes] varias personas
       *[no] al menos { $people } personas
     }.
    [one] Una frase de dos a cuatro palabras, rara antes y compartida por { $few_people ->
        [yes] varias personas
       *[no] al menos { $people } personas
     }, aparece en { $reviews } de { $of } reseñas ({ $value_share }). También quien escribe sobre lo mismo usa las mismas palabras.
   *[other] { $phrases } frases de dos a cuatro palabras, raras antes y compartidas por { $few_people ->
        [yes] varias personas
       *[no] al menos { $people } personas
     }, aparecen en { $reviews } de { $of } reseñas ({ $value_share }). También quien escribe sobre lo mismo usa las mismas palabras.
 }
finding-star_mix = La media es de { $value_stars } estrellas, frente a { $usual_stars } en su pasado más largo. Una estrella: { $one_star } de las reseñas ({ $one_star_before } antes); cinco estrellas: { $five_stars } ({ $five_stars_before } antes).
finding-synchrony = { $groups } de { $of } tiendas y países oscilan a la vez.{ $release ->
    [yes] { " " }Puede explicarlo una versión publicada esa semana.
   *[no] { "" }
 }
finding-textless = { $reviews } de { $of } reseñas ({ $value_share }) tienen estrellas pero no palabras; en tiempos tranquilos es { $usual_share }.
finding-theme = «{ $label }» ({ $reviews } reseñas: { $phrases })
finding-themes = Las reseñas se reparten en estos temas: { $themes }.
finding-trigger = Publicado cerca del inicio: { $candidates }.
finding-update_level = Las reseñas de pocas estrellas hablan { $degree ->
    [more] más
   *[less] menos
 } de versiones nuevas que las de otras aplicaciones en su idioma ({ $value } desviaciones típicas{ $own_past ->
    [yes] ; las anteriores de esta aplicación { $usual }
   *[no] { "" }
 }).
finding-update_words = Las palabras propias de la primera semana de una versión se usan { $degree ->
    [more] más que
   *[same] más o menos como
 } en tiempos tranquilos con las mismas estrellas (peso { $value }, habitual { $usual }).
finding-version_concentration = { $share } de las reseñas que nombran una versión nombran la { $version }: { $value_gain } puntos porcentuales frente a las semanas anteriores. En tiempos tranquilos el mayor cambio de ese tipo es { $usual_gain }.
trigger-call = la primera publicación que pide actuar sobre la aplicación
trigger-release = versión { $what }
trigger-release-by-reviews = versión { $what } (fechada por sus reseñas)
trigger-statement = comunicado «{ $what }»
trigger-news = noticia «{ $what }»
trigger-other = «{ $what }»
trigger-at = { $what }, en el momento del inicio
trigger-before = { $what }, { $length } antes
trigger-after = { $what }, { $length } después
untested-few-now = No se puede comprobar: hay { $have } reseñas comparables y hacen falta { $need }.
untested-few-past = No se puede comprobar: el pasado de la aplicación tiene { $have } reseñas comparables y hacen falta { $need }.
untested-few-both = No se puede comprobar: solo pueden compararse { $now } reseñas de ahora y { $past } de antes.
untested-few-low = No se puede comprobar: hay { $have } reseñas de pocas estrellas y hacen falta { $need }.
untested-few-complaints = No se puede comprobar: hay { $have } reseñas de una a tres estrellas y hacen falta { $need }.
untested-few-versions = No se puede comprobar: nombran una versión { $now } reseñas del incidente y { $past } anteriores.
untested-few-spans = No se puede comprobar: periodos tranquilos comparables, tan largos como el incidente: { $have }.
untested-few-words = No se puede comprobar: muy pocas palabras de estas reseñas tienen un peso.
untested-no-posts = No se puede comprobar: no se recogen publicaciones de estos días.
untested-few-posts = No se puede comprobar: { $have } publicaciones de estos días nombran la aplicación; hacen falta { $need }.
untested-few-calls = No se puede comprobar: { $have } personas pidieron algo en sus publicaciones; hacen falta { $need }.
untested-few-accounts = No se puede comprobar: escribieron algo { $have } cuentas, hacen falta { $need }.
untested-coarse-times = No se puede comprobar: muy pocas reseñas, o la fuente solo dice días u horas.
untested-few-named = No se puede comprobar: la fuente nombra { $have } cuentas, hacen falta { $need }.
untested-one-app = No se puede comprobar: no se observa otra aplicación ni hubo una oleada anterior.
untested-no-traits = No se puede comprobar: las reseñas no indican país ni idioma y muy pocas tienen letras.
untested-no-edit-times = No se puede comprobar: de ninguna reseña se conoce una opinión anterior.
untested-no-themes = No se puede comprobar: muy pocas reseñas comparten palabras suficientes para formar temas.
untested-no-totals = No se puede comprobar: no se conoce el total de valoraciones de antes del incidente.
untested-no-context = No se puede comprobar: no se recogen versiones, noticias, comunicados ni publicaciones.
untested-no-sentiment = No se puede comprobar: los textos no tienen puntuación de sentimiento.
untested-no-vocabulary = No se puede comprobar: no se ha aprendido vocabulario para los idiomas de las reseñas.
untested-no-trigger = Nada de lo recogido se publicó justo antes del inicio.
untested-one-store = No se puede comprobar: las reseñas vienen de una sola tienda y un solo país.
untested-young = No se puede comprobar: con menos de seis semanas de historia no se puede fechar ninguna versión.
untested-unnamed = No se puede comprobar: menos de { $need } reseñas del incidente nombran una versión.
finding-withheld = No figura en informes compartidos: no se puede comprobar que lo que dice esta señal no contenga números pequeños.

## Names of the signals
signal-audience = Público nuevo
signal-burst_words = Palabras en auge
signal-call_to_action = Llamamientos
signal-call_wording = Palabras de los llamamientos
signal-co_action = Acción conjunta
signal-edits = Opiniones cambiadas
signal-emoji = Emojis
signal-failure_words = Palabras de fallo
signal-new_reasons = Motivos nuevos
signal-new_words = Palabras nuevas
signal-rating_text = Texto contra estrellas
signal-ratings_share = Tamaño frente al total
signal-shared_phrases = Frases raras compartidas
signal-star_mix = Reparto de estrellas
signal-synchrony = Tiendas a la vez
signal-textless = Reseñas sin texto
signal-themes = Temas
signal-trigger = Qué ocurrió justo antes
signal-update_words = Palabras de actualización
signal-version_concentration = Una sola versión
signal-fault_level = Fallos frente a otras aplicaciones
signal-update_level = Versiones nuevas frente a otras aplicaciones
signal-new_version = Una versión recién salida
signal-clockwork = Como un reloj
signal-declared_calls = Llamamientos que nombran las reseñas
signal-not_users = Reseñas que dicen no haberla usado
signal-same_hands = Cuentas vistas en otra parte o antes
signal-one_text = Un texto, muchas manos
signal-one_star = Una estrella entre las quejas
signal-other_stars = Las otras estrellas

## Incidents
direction-negative = pocas estrellas
direction-positive = muchas estrellas
direction-mixed = pocas y muchas estrellas
direction-fewer = menos reseñas
direction-talk-negative = publicaciones críticas
direction-talk-positive = publicaciones favorables
direction-talk-mixed = publicaciones
what-negative = { $name } recibió { $told } { $count ->
    [one] reseña
   *[other] reseñas
 } de pocas estrellas { $span }, donde cabía esperar { $expected }
what-positive = { $name } recibió { $told } { $count ->
    [one] reseña
   *[other] reseñas
 } de muchas estrellas { $span }, donde cabía esperar { $expected }
what-mixed = { $name } recibió { $told } { $count ->
    [one] reseña
   *[other] reseñas
 } { $span }, donde cabía esperar { $expected }
what-mixed-negative = { $name } recibió { $told } { $count ->
    [one] reseña
   *[other] reseñas
 } de pocas estrellas (y también subieron las de muchas) { $span }, donde cabía esperar { $expected }
what-mixed-positive = { $name } recibió { $told } { $count ->
    [one] reseña
   *[other] reseñas
 } de muchas estrellas (y también subieron las de pocas) { $span }, donde cabía esperar { $expected }
what-ratings = { $name } recibió { $told } { $count ->
    [one] valoración baja
   *[other] valoraciones bajas
 }, con texto o sin él, { $span }, donde cabía esperar { $expected }
what-talk-negative = De { $name } se habló, casi siempre para criticar, en { $told } { $count ->
    [one] publicación
   *[other] publicaciones
 }{ $people } { $span }, donde cabía esperar { $expected }
what-talk-positive = De { $name } se habló, casi siempre para bien, en { $told } { $count ->
    [one] publicación
   *[other] publicaciones
 }{ $people } { $span }, donde cabía esperar { $expected }
what-talk-mixed = De { $name } se habló en { $told } { $count ->
    [one] publicación
   *[other] publicaciones
 }{ $people } { $span }, donde cabía esperar { $expected }
what-people = { " " }de { $told } { $count ->
    [one] persona
   *[other] personas
 }
what-also-talk = ; fuera de las tiendas se habló de ella en { $told } { $count ->
    [one] publicación
   *[other] publicaciones
 } (cabía esperar { $expected })
what-fewer-negative = { $name } { $count ->
    [0] no recibió ninguna reseña
    [one] recibió solo { $told } reseña
   *[other] recibió solo { $told } reseñas
 } de pocas estrellas{ $place } { $span }, donde cabía esperar { $expected }
what-fewer-positive = { $name } { $count ->
    [0] no recibió ninguna reseña
    [one] recibió solo { $told } reseña
   *[other] recibió solo { $told } reseñas
 } de muchas estrellas{ $place } { $span }, donde cabía esperar { $expected }
what-fewer-mixed = { $name } { $count ->
    [0] no recibió ninguna reseña
    [one] recibió solo { $told } reseña
   *[other] recibió solo { $told } reseñas
 }{ $place } { $span }, donde cabía esperar { $expected }
what-pause = { $name } recibió { $told } { $count ->
    [one] reseña
   *[other] reseñas
 } { $span }, las primeras en { $silent }
what-place = { " " }en { $store }
span-open = desde el { $onset }
span-closed = del { $onset } al { $end }
about = unas { $count }
hardly-any = casi ninguna
chance-days = por azar una vez cada { $length } aproximadamente
chance-rarely = por azar menos de una vez en 1000 años
cause-release = una versión de la aplicación
cause-service = una avería o un fallo
cause-external = algo ajeno a la aplicación
cause-promotion = una petición de valoraciones o una promoción
cause-repair = quejas retiradas
cause-launch = el lanzamiento de la aplicación
cause-undetermined = indeterminada
coordination-not_testable = no comprobable
coordination-none_seen = ninguno
coordination-some = algunos
coordination-strong = fuertes
change-release = las mismas quejas en versiones anteriores
change-service = reseñas que nombren una versión, o una ocasión ajena a la aplicación
change-external = un fallo o una versión que explique las quejas
change-promotion = una mejora en una versión que explique los elogios
change-repair = una petición de valoraciones en estos días
change-launch = reseñas anteriores a esta fecha
change-undetermined = notas de una versión, un parte de averías o noticias de estas horas
alarm-say-opened = { $direction ->
    [none] Suena la alarma
    [negative] Suena la alarma, por pocas estrellas
    [positive] Suena la alarma, por muchas estrellas
    [fewer] Suena la alarma, por reseñas que dejan de llegar
   *[mixed] Suena la alarma, por pocas y muchas estrellas
 } ({ $chance }).
alarm-say-talk = { $direction ->
    [negative] Suena la alarma, por publicaciones críticas fuera de las tiendas
    [positive] Suena la alarma, por publicaciones favorables fuera de las tiendas
   *[mixed] Suena la alarma, por publicaciones fuera de las tiendas
 } ({ $chance }).
## Un llamamiento en marcha
call-title-call = { $name }: hay un llamamiento en marcha
call-title-unfollowed = { $name }: al llamamiento no siguieron reseñas fuera de lo habitual
call-out = { $people ->
    [one] Una cuenta pide
   *[other] { $people } cuentas piden
} a otras personas { $asks ->
    [down] que puntúen bajo { $name } o la inunden
    [up] que puntúen alto { $name }
    [leave] que dejen { $name }
   *[act] que puntúen, reseñen o denuncien { $name }
}: { $posts } publicaciones desde el { $since }, { $hour } en la hora más activa{ $passed ->
    [1] { "" }
   *[other] , una de ellas repetida en { $passed } publicaciones en una hora
} ({ $networks }).
call-stores-quiet = Las tiendas están tranquilas por ahora. Es un aviso, no un incidente: puede que nadie lo siga.
call-stores-busy = Ya había un incidente en las tiendas.
call-do = Qué hacer antes de que lleguen reseñas: leer las publicaciones, acordar quién responde y dónde, tener una frase preparada y avisar a quienes llevan la aplicación. Pedir a otros que opinen es derecho de cualquiera.
call-unfollowed = El llamamiento sobre { $name } del { $since } no vino acompañado de reseñas fuera de lo habitual, ni las hubo en las 48 horas siguientes.
alarm-say-escalated = Creció a { $factor } veces lo comunicado.
alarm-say-stores-too = { $direction ->
    [negative] Ahora también hay más reseñas bajas de lo habitual en las tiendas.
    [positive] Ahora también hay más reseñas altas de lo habitual en las tiendas.
   *[mixed] Ahora también hay más reseñas de lo habitual en las tiendas.
 }
alarm-say-social-too = { $direction ->
    [negative] Ahora también hay más publicaciones críticas de lo habitual fuera de las tiendas.
    [positive] Ahora también hay más publicaciones favorables de lo habitual fuera de las tiendas.
   *[mixed] Ahora también hay más publicaciones de lo habitual fuera de las tiendas.
 }
alarm-say-again = Se había dado por terminado y ha empezado de nuevo.
alarm-say-ended = De vuelta a lo habitual, y desde hace lo bastante para decirlo.
alarm-say-changed = La lectura cambió.
alarm-say-call = Se pidió a otras personas que actuaran sobre la aplicación.
alarm-say-unfollowed = No siguieron reseñas fuera de lo habitual en 48 horas.
alarm-say-reclassified = La lectura cambió a { $cause }, indicios de coordinación: { $signs }; era { $cause_before }, indicios de coordinación: { $signs_before }.

## El resumen de un incidente
finding-file_cut = { $cut ->
    [newest] El archivo importado de { $source } tiene exactamente { $size } reseñas y empieza el { $at }: parecen las { $size } más nuevas de un total mayor, así que esto empieza donde empieza el archivo
    [began] En el archivo importado de { $source } todas las estrellas llegan más deprisa desde el { $at } y nunca vuelven a bajar: parece el día en que alguien empezó a recopilar, y no algo que le pasó a la aplicación
    [per_star] El archivo importado de { $source } tiene exactamente { $size } reseñas de cada número de estrellas: no dice cuántas llegaron de cada uno
    [one_star] Todas las reseñas del archivo importado de { $source } tienen las mismas estrellas: no dice cuántas llegaron de las demás
    [per_month] El archivo importado de { $source } tiene exactamente { $size } reseñas en la mayoría de los meses: no dice cuántas llegaron cuándo
    [per_day] El archivo importado de { $source } tiene exactamente { $size } reseñas en la mayoría de los días: no dice cuántas llegaron cuándo
   *[no_days] El archivo importado de { $source } nombra meses, pero no días, en la mayoría de las reseñas: no dice nada de días ni horas
}.
signal-file_cut = Cómo está cortado el archivo importado
summary-file-cut = Esto puede ser el archivo y no la aplicación. { $cut }
summary-what = { $what }{ $stars }{ $state }{ $tail }{ $phrases }{ $bounds }.
summary-fewer = Lo que no llega no dice nada de su causa: una petición de valoración que ya no aparece, una ficha de la tienda que falta, un fallo de la tienda, personas que no escriben a propósito.
summary-app = La aplicación
summary-at-least = al menos { $count }
summary-counted-until = { $span } (contado hasta el { $until })
summary-changed = , { $told }
changed-reviews = { $number ->
    [one] { $of ->
        [items] uno de ellos una opinión cambiada
       *[reviews] una de ellas una opinión cambiada
     }
   *[other] { $of ->
        [items] { $changed } de ellos opiniones cambiadas
       *[reviews] { $changed } de ellas opiniones cambiadas
     }
 }{ $before ->
    [none] { "" }
    [higher] { " " }({ $count } { $had ->
        [one] tenía
       *[other] tenían
     } antes más estrellas)
   *[lower] { " " }({ $count } { $had ->
        [one] tenía
       *[other] tenían
     } antes menos estrellas)
 }
summary-stars = , y todas las reseñas de ese tiempo dan { $during } estrellas de media frente a { $before } antes
summary-stars-same = , y todas las reseñas de ese tiempo dan { $during } estrellas de media frente a { $before } antes: más reseñas con la mezcla habitual de estrellas
summary-going-on = , y sigue en curso
summary-went-on = , y seguía en curso cuando se vieron las reseñas por última vez
summary-as-of = , y seguía en curso el { $moment }, fecha a la que se leyó esto
summary-quiet = ; no han llegado más { $counts ->
    [negative] reseñas de pocas estrellas
    [positive] reseñas de muchas estrellas
   *[mixed] reseñas
 } desde el { $since }, y se dará por terminado tras tres días tranquilos como mucho
summary-unseen = ; nadie miró desde el { $since }, así que pudo haber seguido
summary-tail = ; después llegó algo más de lo habitual hasta el { $until } ({ $count }, cuando cabía esperar { $expected })
summary-waves = , en { $count } oleadas
summary-phrases = ; las palabras que destacan son { $phrases }
summary-bounds = ; los recuentos son mínimos, porque no se pudo leer todo
summary-reading = { $looks }, y { $signs }; { $against }.
summary-looks-release = Las reseñas parecen una reacción a una versión de la aplicación
summary-looks-service = Las reseñas parecen una reacción a una avería o un fallo
summary-looks-external = Las reseñas parecen una reacción a algo ajeno a la aplicación
summary-looks-promotion = Las reseñas parecen responder a una petición de valoraciones o a una promoción
summary-looks-talk-release = Las publicaciones parecen una reacción a una versión de la aplicación
summary-looks-talk-service = Las publicaciones parecen una reacción a una avería o un fallo
summary-looks-talk-external = Las publicaciones parecen una reacción a algo ajeno a la aplicación
summary-looks-talk-promotion = Las publicaciones parecen responder a una petición de valoraciones o a una promoción
summary-looks-repair = Las reseñas parecen quejas retiradas, como tras una reparación o una respuesta
summary-looks-launch = La historia de la aplicación empieza aquí, así que parece el auge de un lanzamiento
summary-looks-undetermined = No está determinado qué lo causó
summary-closest = { $looks } (lo más cercano: { $cause }, { $percent }, que no basta)
summary-probability = { $looks } (probabilidad: { $percent })
summary-because = { $looks } (probabilidad: { $percent }; habla a favor: { $because })
summary-signs-not_testable = con lo recogido no se pueden comprobar indicios de coordinación
summary-signs-none_seen = no se ven indicios de coordinación
summary-signs-none_seen-reviews = no se ven indicios de coordinación en las propias reseñas, y no hay publicaciones en redes que mirar
summary-signs-some = hay algunos indicios de actividad que parece coordinada
summary-signs-strong = hay indicios fuertes de actividad que parece coordinada, aunque no de quién ni por qué
summary-against = en contra de esta lectura habla: { $against }
summary-against-none = nada de lo medido habla en contra
summary-against-none-cause = nada de lo medido habla en contra de la causa
summary-unsettled = nada de lo que se pudo comprobar lo resuelve
summary-unsettled-by = lo que destaca ({ $against }) no lo resuelve
summary-doubt-serious = no se puede descartar que muchas de las reseñas sean sinceras
summary-doubt-no-weeks = no hay semanas tranquilas de publicaciones con las que comparar los llamamientos
summary-doubt-not-led = ningún llamamiento precedió a las reseñas
summary-untested = { $said }, y { $untested } de { $all } señales no se pudieron comprobar
summary-change-alone = Qué cambiaría esta lectura: { $change }.
summary-change-own = Qué cambiaría esta lectura: { $change }, y personas que expliquen que vinieron por su cuenta.
summary-change-posts = Qué cambiaría esta lectura: { $change }, y publicaciones en redes de estos días.
seen-call_to_action = { $posts ->
    [one] una publicación que nombra la aplicación pide
   *[other] { $posts } publicaciones que nombran la aplicación piden
 } valorarla, reseñarla, denunciarla o inundarla ({ $languages }), la primera el { $first_moment }, { $lead } { $when ->
    [before] antes
   *[after] después
 } del inicio
seen-call_wording = las frases propias de los llamamientos vuelven en el { $value_share } de las reseñas
seen-co_action = { $people ->
    [0] no hubo dos cuentas que publicaran
    [one] no hubo dos cuentas que publicaran
   *[other] como mucho { $people } cuentas publicaron
 } casi las mismas palabras sobre la aplicación en diez minutos
seen-clockwork = { $what ->
    [second] las reseñas llegan en el mismo segundo de un minuto
    [night] las reseñas llegan mientras duermen quienes suelen reseñar la aplicación
   *[gaps] las reseñas llegan a intervalos regulares
 }
seen-declared_calls = { $people } de { $of } { those-counted } nombran un llamamiento, o para qué es la valoración
seen-not_users = { $people } de { $of } { those-counted } dicen que nunca usaron la aplicación o que viven en otra parte
seen-same_hands = { $people } de { $of } cuentas que la fuente distingue puntuaron otras aplicaciones observadas esos días, o escribieron en una oleada anterior
seen-one_text = { $people } de { $of } { those-counted } comparten { $texts ->
    [one] un mismo texto
   *[other] { $texts } textos
 }
spoken-edits = quejas que se retiraron
spoken-audience = un público nuevo
spoken-failure_words = las palabras que aumentaron
spoken-fault_level = cómo hablan de fallos las quejas
spoken-new_reasons = los motivos que dan las reseñas
spoken-new_version = una versión recién publicada
spoken-new_words = palabras nunca usadas antes
spoken-star_mix = la subida de las estrellas
spoken-trigger = publicaciones justo antes que pedían actuar sobre la aplicación
spoken-update_level = que se habla de una versión nueva
spoken-update_words = que se habla de una versión nueva
spoken-version_concentration = una versión que destaca

## Por qué terminó o falló una lectura, o no se lee una fuente
ended-list = la lista se leyó hasta el final
ended-search = la búsqueda se leyó hasta el final
ended-known = leída hasta lo ya conocido
ended-newest = leída hasta la publicación más reciente
ended-unchanged = sin cambios desde la última consulta
ended-asked = consultada hace un momento
ended-totals = se leyeron los totales de la aplicación
failed-late = { $place } no respondió a tiempo
failed-unreachable = no se puede llegar a { $place }
failed-slow = { $place } pide ir más despacio
failed-refused = { $place } niega el acceso: compruebe el secreto o el permiso
failed-gone = no hay nada en { $place }: compruebe el identificador de la aplicación
failed-status = { $place } respondió con un error (estado { $status })
failed-country = la aplicación no está en esta App Store ({ $country }): compruebe su identificador
failed-shape = { $place } responde con otra forma que antes
failed-budget = el presupuesto del mes, { $budget } $, está agotado{ $unread ->
    [0] { "" }
   *[other] ; se contaron unas { NUMBER($unread) } publicaciones que no se leyeron
 }. Empieza de nuevo con el mes, o suba monthly_budget_usd
failed-credits = no queda crédito; no se pide nada más hasta que se compre
failed-login = { $place } rechaza el nombre de usuario o su contraseña de aplicación
failed-shared = otro proceso está leyendo con el mismo presupuesto
failed-not-asked-budget = sin consultar, porque el presupuesto está agotado
failed-not-asked = no consultada, porque la fuente pidió ir más despacio
failed-empty = la lista está vacía y antes no lo estaba
failed-empty-since = { $place } no muestra ninguna reseña desde { $since }, aunque antes las había; no se sabe qué llegó entretanto
failed-empty-counted = no aparece ninguna reseña aunque la tienda cuenta { NUMBER($count) } valoraciones
failed-nothing = no llegó ninguna reseña, y nada dice por qué
ended-pages = detenida tras { $count ->
    [one] una página
   *[other] { NUMBER($count) } páginas
 }, tantas como puede leer una ejecución; la siguiente sigue allí
ended-cap = se muestran las { NUMBER($count) } más recientes y ninguna más
ended-left = { $count ->
    [one] queda una publicación
   *[other] quedan { NUMBER($count) } publicaciones
 } para la próxima ejecución
ended-posts = { $count ->
    [one] una publicación leída
   *[other] { NUMBER($count) } publicaciones leídas
 }
ended-kept = { NUMBER($kept) } de { $count ->
    [one] 1 titular
   *[other] { NUMBER($count) } titulares
 } guardados{ $undated ->
    [0] { "" }
   *[other] ; { NUMBER($undated) } sin fecha, no incluidos
 }
ended-cap-of = se muestran los { NUMBER($count) } más recientes de unos { NUMBER($of) } y no más
ended-no-token = llegó una página llena sin acceso a la siguiente
ended-all-new = la fuente muestra sus { NUMBER($count) } entradas más recientes, y todas eran nuevas{ $undated ->
    [0] { "" }
   *[other] ; { NUMBER($undated) } sin fecha, no incluidas
 }
ended-days = la fuente muestra siete días, y se leyó por última vez hace { $days ->
    [one] un día
   *[other] { NUMBER($days) } días
 }
ended-ordinary = no se lee, porque el nombre encuentra demasiado: unas { NUMBER($of) } publicaciones por semana, ${ $cost } al mes, y { $about } de una muestra de { $count } hablan de una aplicación; ponga en `context` palabras que estén a su lado
ended-minute = { NUMBER($count) } publicaciones de un minuto son más de las que una ejecución puede leer
failed-empty-feeds = las dos listas están vacías: no hay reseñas, o la fuente falla
failed-rows = { NUMBER($bad) } de { NUMBER($of) } filas son ilegibles
failed-circle = { $place } da otra vez las mismas páginas, o páginas vacías, y la lista no se puede seguir leyendo
failed-broken-off = la fuente de { $place } se corta a la mitad
failed-large = la respuesta de { $place } ocupa más de { NUMBER($count) } bytes
failed-consent = { $place } responde con su página de consentimiento
failed-no-token = la página de { $place } no contiene la clave para leer reseñas
failed-token = { $place } no muestra etiquetas sin una clave válida
failed-session = { $place } no acepta la sesión que dio
failed-account = el archivo de la cuenta de servicio de Play no es un objeto JSON
failed-query = { $place } no acepta la consulta
failed-error = { $place } responde con un error y nada más{ $title ->
    [none] { "" }
   *[other] : { $title }
 }
failed-not-public = { $place } no es una dirección https pública
failed-proxy = el proxy que nombra el entorno no se puede usar: { $error }
failed-silent = la fuente se detuvo sin decir por qué
failed-unexpected = un error inesperado: { $error }
off-left-out = excluida en la configuración
off-no-id = no hay ningún identificador { $name } configurado
off-route = { $name } no es «{ $route }»
off-no-feeds = la aplicación no tiene fuentes de noticias
off-no-queries = la aplicación no tiene consultas para redes sociales
off-no-hashtag = ninguna consulta nombra la aplicación o la institución con una palabra que sirva de etiqueta
off-no-name = las noticias se guardan si nombran la aplicación o su institución: dele un nombre
off-no-approval = X está apagado: [x] no dice quién aprobó su uso ni cuándo
off-no-budget = X está apagado: [x] no fija monthly_budget_usd
off-no-account = no hay nombre de usuario ni contraseña de aplicación de { $place } configurados
off-set = defina { $names }
off-library = instale lo que necesita: { $command }
off-busy = otro proceso la está leyendo
off-not-due = no toca hasta las { $time }
lacks-reviews = lee { NUMBER($count) } de unas { NUMBER($of) }
lacks-languages = hay otros idiomas: añada { $codes }
lacks-storefronts = hay otras tiendas nacionales: añada { $codes }
lacks-name = la tienda la llama { $new } desde { $since }, antes { $old }: se buscan los dos nombres; añada { $new } al archivo
lacks-nothing = { $about ->
    [one] 1 de las { $count } publicaciones más nuevas habla
   *[other] { $about } de las { $count } publicaciones más nuevas hablan
 } de una aplicación
lacks-context = solo { $about ->
    [one] 1 de las { $count } publicaciones más nuevas habla
   *[other] { $about } de las { $count } publicaciones más nuevas hablan
 } de una aplicación: el nombre es también una palabra corriente; ponga en `context` palabras que estén a su lado
lacks-hits = ninguna publicación en una semana{ $count ->
    [0] { "" }
    [one] , en la que la aplicación recibió 1 reseña
   *[other] , en la que la aplicación recibió { NUMBER($count) } reseñas
 }: ¿la llama la gente { $names }?
failed-channel = { $count ->
    [one] 1 alerta sin entregar
   *[other] { $count } alertas sin entregar
 } desde { $since }; se vuelve a intentar en cada análisis que tenga este canal
failed-store = el almacén: { $error }
failed-store-locked = el almacén: otro proceso lleva demasiado tiempo escribiendo; vuelva a intentarlo en un minuto ({ $error })
failed-store-readonly = el almacén: es de solo lectura; revise los permisos del archivo ({ $error })
failed-store-full = el almacén: no queda espacio y no se escribió nada de este lote; libere espacio y vuelva a ejecutarlo ({ $error })
failed-store-foreign = el almacén: el archivo no es un almacén de Floodgauge; indique otro con --store ({ $error })
failed-store-damaged = el almacén: el archivo está dañado; recupérelo de una copia ({ $error })
failed-store-unopened = el almacén: el archivo no se puede abrir; revise la ruta y sus permisos ({ $error })
failed-store-silent = el almacén: el servidor de la base de datos no responde; ¿está en marcha? ({ $error })
failed-store-lock = el almacén: no se puede crear un bloqueo en { $place }: { $error }
failed-store-busy = otro proceso lleva { $minutes ->
    [one] 1 minuto
   *[other] { $minutes } minutos
 } ocupado con este almacén ({ $task }); compruebe si se ha colgado y vuelva a ejecutarlo
failed-store-newer = el almacén lo escribió un Floodgauge más nuevo (esquema { $schema }); actualice este
failed-store-older = el almacén es de un Floodgauge más antiguo y desde aquí no se puede escribir; que alguien que pueda escribirlo lo abra una vez
failed-store-secret = este almacén se escribió con otro secreto; ponga en FLOODGAUGE_SECRET o FLOODGAUGE_SECRET_FILE el secreto con que se creó
failed-store-missing = no hay ningún almacén en { $place }

## What reviews give as their reason, and what carries a swing
gives-update = nombran una actualización o una versión
gives-crash = dicen que no abre o se cierra
gives-login = dicen que no pueden iniciar sesión o no reciben el código
gives-server = dicen que va lenta, está caída o da errores
gives-feature = dicen que algo en ella falla o falta
gives-device = nombran un teléfono o su sistema
gives-price = hablan de dinero
gives-privacy = hablan de privacidad
gives-politics = hablan de política o del Estado
gives-world = nombran un hecho fuera de la aplicación
gives-service_people = hablan del personal o del trabajo de un organismo
gives-content = hablan de contenidos, normas o diseño
gives-asked = suenan como si les hubieran pedido valorar
gives-call = llaman a otros a actuar
gives-joke = son bromas
gives-copy = son copias
gives-rival = la comparan con otra aplicación
gives-praise = la elogian sin dar un motivo
gives-blame = la critican sin dar un motivo
carried-author_key = { $reviews } de { $of } son de un mismo autor
carried-country = { $reviews } de { $of } vienen de { $name } ({ $before } antes)
carried-source = { $reviews } de { $of } están en { $name } ({ $before } antes)
carried-lang = { $reviews } de { $of } están en { $name } ({ $before } antes)
carried-version = { $reviews } de { $of } son de la versión { $name } ({ $before } antes)
summary-carried = { $carried }.
