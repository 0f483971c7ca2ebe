"""English and French words for colour, light, season, weather and mood, and what they look like."""

FEATURES = (
    "red", "orange", "yellow", "green", "blue", "violet", "pink", "brown", "white", "grey",
    "black", "light", "dark", "colourful", "muted", "warm", "cold", "busy",
)  # fmt: skip

# fmt: off
_LOOKS = (
    ("red crimson scarlet ruby rouge rouges vermillon", {"red": 1}),
    ("orange oranges amber ambre", {"orange": 1}),
    ("yellow golden gold jaune jaunes doré dorée dorés dorées or ocre", {"yellow": 1}),
    ("green vert verte verts vertes emerald émeraude", {"green": 1}),
    ("blue bleu bleue bleus bleues azure azur turquoise", {"blue": 1}),
    ("violet purple mauve violette violets violettes pourpre", {"violet": 1}),
    ("pink rose roses", {"pink": 1}),
    ("brown brun brune bruns brunes marron", {"brown": 1}),
    ("white blanc blanche blancs blanches", {"white": 1, "light": 0.3}),
    ("grey gray gris grise grises", {"grey": 1, "muted": 0.4}),
    ("black noir noire noirs noires", {"black": 1, "dark": 0.3}),
    ("night nocturne midnight moonlight nuit minuit nocturnes", {"dark": 1, "black": 0.7, "blue": 0.2}),
    ("candle candlelight candlelit bougie bougies chandelle", {"dark": 0.7, "orange": 0.5}),
    ("dark gloomy sombre sombres obscur obscure shadow shadows ombre", {"dark": 1, "black": 0.5}),
    ("light bright luminous sunny clair claire clairs lumineux lumineuse", {"light": 1}),
    ("soleil sun ensoleillé ensoleillée", {"light": 0.6, "yellow": 0.5}),
    ("dawn sunrise aube aurore", {"pink": 0.6, "orange": 0.4, "light": 0.3}),
    ("dusk sunset evening crépuscule soir couchant", {"orange": 0.8, "red": 0.4, "warm": 0.4}),
    ("day noon jour midi journée", {"light": 0.5, "blue": 0.3}),
    ("winter snow snowy hiver neige enneigé enneigée frost", {"white": 1, "light": 0.5, "cold": 0.3}),
    ("spring printemps", {"green": 0.6, "pink": 0.5, "light": 0.4}),
    ("summer été", {"green": 0.6, "light": 0.5, "yellow": 0.4}),
    ("autumn fall automne", {"orange": 0.8, "brown": 0.6, "red": 0.3}),
    ("storm stormy tempest orage orageux tempête", {"dark": 0.6, "grey": 0.8, "cold": 0.3}),
    ("rain rainy pluie pluvieux fog foggy mist brume brouillard", {"grey": 1, "muted": 0.6}),
    ("sea ocean lake river water mer océan lac rivière eau", {"blue": 0.7, "cold": 0.4}),
    ("sky ciel", {"blue": 0.6, "light": 0.3}),
    ("forest wood trees meadow forêt bois arbres prairie", {"green": 0.8}),
    ("desert sand plage beach désert sable", {"yellow": 0.7, "warm": 0.3}),
    ("fire flames feu flammes", {"red": 0.7, "orange": 0.7}),
    ("calm quiet peaceful serene gentle calme paisible serein doux douce", {"muted": 0.6, "light": 0.4, "busy": -0.5}),
    ("cheerful joyful lively gay joyeux joyeuse gai vif vivant", {"colourful": 0.8, "light": 0.4, "warm": 0.3}),
    ("sad melancholy lonely triste mélancolie mélancolique solitaire", {"muted": 0.6, "dark": 0.4, "cold": 0.3}),
    ("warm cosy cozy chaud chaude chaleureux chaleureuse", {"warm": 1}),
    ("cold icy froid froide glacé glaciale", {"cold": 1}),
    ("colourful colorful bold vivid coloré colorée vives éclatant", {"colourful": 1}),
    ("pale muted soft faded pâle pâles délavé estompé", {"muted": 0.8, "light": 0.5}),
    ("busy crowded dabs dots points touches agité foule", {"busy": 1}),
)
# fmt: on

WORDS = {word: looks for words, looks in _LOOKS for word in words.split()}
