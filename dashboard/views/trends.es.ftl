data-about-trends = Tendencias de todo el historial de una aplicación: una fila por intervalo y serie, como las dibuja la página Tendencias.
