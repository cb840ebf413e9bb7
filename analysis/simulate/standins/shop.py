"""One app in one store as its servers see it: reviews that appear, change and vanish. (In work.)"""
