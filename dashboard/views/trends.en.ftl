data-about-trends = Trends of an app’s whole history: a row a bin and series, as the page Trends draws them.
