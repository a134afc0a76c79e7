"""Short questions, each with a wrong answer and a right one that an annotator wrote instead."""

STATEMENTS: tuple[tuple[str, str, str], ...] = (
    (
        "Who painted the Mona Lisa?",
        "The Mona Lisa was painted by Michelangelo in the early sixteenth century. It hangs in the Louvre "
        "in Paris.",
        "The Mona Lisa was painted by Leonardo da Vinci in the early sixteenth century. It hangs in the "
        "Louvre in Paris.",
    ),
    (
        "What is the capital of Canada?",
        "The capital of Canada is Toronto, which is also the country's largest city.",
        "The capital of Canada is Ottawa, in the province of Ontario.",
    ),
    (
        "How long does light from the Sun take to reach the Earth?",
        "Light from the Sun takes about 8 hours to reach the Earth, because the two are 150 million "
        "kilometers apart.",
        "Light from the Sun takes about 8 minutes to reach the Earth, because the two are 150 million "
        "kilometers apart.",
    ),
    (
        "Which planet has the most moons?",
        "Mars has the most known moons of all planets in our solar system.",
        "Saturn has the most known moons of all planets in our solar system, well over a hundred.",
    ),
    (
        "When did the Berlin Wall fall?",
        "The Berlin Wall fell on 9 November 1979, and Germany was reunited the year after.",
        "The Berlin Wall fell on 9 November 1989, and Germany was reunited the year after.",
    ),
    (
        "Who wrote Pride and Prejudice?",
        "Pride and Prejudice was written by Charlotte Brontë and came out in 1847.",
        "Pride and Prejudice was written by Jane Austen and came out in 1813.",
    ),
    (
        "What gas do plants take in for photosynthesis?",
        "For photosynthesis, plants take in oxygen from the air and give off carbon dioxide.",
        "For photosynthesis, plants take in carbon dioxide from the air and give off oxygen.",
    ),
    (
        "What is the chemical symbol for gold?",
        "The chemical symbol for gold is Ag, from its Latin name argentum.",
        "The chemical symbol for gold is Au, from its Latin name aurum.",
    ),
    (
        "How many bones does an adult human have?",
        "An adult human has 306 bones. A baby has fewer, since bones split as we grow.",
        "An adult human has 206 bones. A baby has more, since some bones fuse as we grow.",
    ),
    (
        "Which ocean is the deepest?",
        "The Atlantic is the deepest ocean; its Puerto Rico Trench is the deepest place on Earth.",
        "The Pacific is the deepest ocean; its Mariana Trench is the deepest place on Earth.",
    ),
    (
        "Is a tomato a fruit?",
        "No. Botanically, a tomato is a vegetable, because it has no seeds inside.",
        "Yes. Botanically, a tomato is a fruit, because it grows from the flower and holds the seeds.",
    ),
    (
        "Which river runs through Vienna?",
        "The Rhine runs through Vienna on its way from Switzerland to the North Sea.",
        "The Danube runs through Vienna on its way from Germany to the Black Sea.",
    ),
    (
        "What do bees make honey from?",
        "Bees make honey from pollen, which they chew until it turns into syrup.",
        "Bees make honey from nectar, which they thicken until most of its water is gone.",
    ),
    (
        "A train leaves at 14:20 and arrives at 17:05. How long is the ride?",
        "The ride takes 3 hours and 45 minutes.",
        "The ride takes 2 hours and 45 minutes.",
    ),
    (
        "A book costs $18 and I have a coupon for 25% off. What do I pay?",
        "You pay $14.50, since 25% of $18 is $3.50.",
        "You pay $13.50, since 25% of $18 is $4.50.",
    ),
    (
        "Who was the first person on the Moon?",
        "Buzz Aldrin was the first person on the Moon; Neil Armstrong followed him some minutes later.",
        "Neil Armstrong was the first person on the Moon; Buzz Aldrin followed him some minutes later.",
    ),
    (
        "Does sound travel faster in water or in air?",
        "Sound travels faster in air, because air puts less in its way than water does.",
        "Sound travels faster in water, about four times as fast as in air.",
    ),
    (
        "At what temperature does water freeze in Fahrenheit?",
        "Water freezes at 0 degrees Fahrenheit at normal pressure.",
        "Water freezes at 32 degrees Fahrenheit at normal pressure.",
    ),
    (
        "Which metal is liquid at room temperature?",
        "Lead is the metal that is liquid at room temperature; older thermometers were filled with it.",
        "Mercury is the metal that is liquid at room temperature; older thermometers were filled with it.",
    ),
    (
        "How many players does a soccer team have on the field?",
        "A soccer team has nine players on the field, one of whom is the goalkeeper.",
        "A soccer team has eleven players on the field, one of whom is the goalkeeper.",
    ),
)
