"""Answers of a general kind in other languages."""

PASSAGES: tuple[str, ...] = (
    "Das ist eine gute Frage. Am besten fangen Sie klein an und nehmen sich jeden Tag ein wenig Zeit dafür. "
    "Achten Sie darauf, "
    "dass Sie alles Nötige bereitlegen, und fragen Sie jemanden, der sich damit auskennt. Nach einigen "
    "Wochen sehen Sie, was "
    "sich bewährt hat und was nicht.",
    "Dazu gibt es verschiedene Meinungen. Manche sagen, es komme vor allem auf die Umstände an; andere "
    "halten sich lieber an "
    "feste Regeln. Wichtig ist, dass man die Vor- und Nachteile abwägt, bevor man sich entscheidet.",
    "C'est une question intéressante. Il y a plusieurs façons de s'y prendre, et chacune a ses avantages. "
    "Commencez par la plus "
    "simple, notez ce qui marche et ce qui ne marche pas, puis avancez pas à pas. Avec un peu de patience, "
    "vous y arriverez.",
    "Il faut distinguer deux choses. D'une part, les faits sont assez bien connus et peu contestés. D'autre "
    "part, leur "
    "interprétation change selon les auteurs. Je vous conseille de lire les uns et les autres avant de vous "
    "faire une opinion.",
    "Hay varias maneras de hacerlo. Lo más importante es tener paciencia y no querer acabar en un solo día. "
    "Primero prepare "
    "todo lo que necesita, después siga los pasos con calma y al final compruebe el resultado. Si algo sale "
    "mal, vuelva a "
    "empezar desde el principio.",
    "La respuesta depende de muchos factores, como el lugar, la época y las personas. En general se puede "
    "decir que las cosas "
    "han cambiado bastante en los últimos años. Por eso conviene consultar más de una fuente.",
    "È una domanda interessante. Ci sono diversi modi di procedere e ognuno ha i suoi vantaggi. Di solito "
    "conviene cominciare "
    "dal più semplice, vedere come va e poi aggiungere il resto un poco alla volta.",
    "Existem várias opiniões sobre este assunto. O mais importante é começar devagar, com calma, e ver o "
    "que funciona melhor "
    "para você. Depois de algum tempo, tudo fica mais fácil.",
    "Dat is een goede vraag. Begin met iets eenvoudigs en neem er elke dag een beetje tijd voor. Schrijf op "
    "wat goed gaat en "
    "wat niet, en vraag om hulp als u er niet uit komt.",
    "Det finns flera sätt att göra detta. Börja gärna med det enklaste och se hur det går. Om något inte "
    "fungerar kan du "
    "alltid fråga någon som har gjort det förut.",
    "这是一个很好的问题。首先,你需要了解基本的情况,然后一步一步地去做。如果遇到困难,可以请教有经验的人。坚持下去,你会看到结果。",
    "Это хороший вопрос. Сначала стоит разобраться в основах, а потом двигаться дальше шаг за шагом. Если "
    "что-то не получается, "
    "не бойтесь попросить о помощи.",
)
