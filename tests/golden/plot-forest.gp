unset macros
set encoding utf8
set decimalsign "."
set minussign
set terminal svg size 680,909 fixed noenhanced font "sans-serif,14.667" linewidth 1 background rgb "#ffffff"
mark = 0.6818
set multiplot
unset key
set border 3 linecolor rgb "#6e6e6e"
set tics nomirror out scale 0.6 textcolor rgb "#1a1a1a"
set style fill solid 1.0 noborder
set object rectangle from screen 0.75672,0.96687 to screen 0.98889,0.99168 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 1 "SIMULATED DATA" at screen 0.87281,0.97928 center font "sans-serif Bold,14.667" textcolor rgb "#ffffff" front
set label 2 "P012: PPT change, 2026-03-02 to 2026-04-06" at screen 0.02222,0.97626 left font "sans-serif Bold,16.000" textcolor rgb "#1a1a1a" front
set label 3 "▲ Rose by more than measurement error: Upper trapezius, midpoint, right;" at screen 0.02222,0.95050 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 4 "Infraspinatus, right; Suboccipital, right. ▼ Fell by more than measurement error:" at screen 0.02222,0.92985 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 5 "Rhomboid major, right. Within measurement error: 7 points. Cannot be judged (ceiling):" at screen 0.02222,0.90919 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 6 "1." at screen 0.02222,0.88854 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 7 "" at screen 0.03611,0.85540 point pointtype 9 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#0072b2" front
set label 8 "rose by more than measurement error" at screen 0.05556,0.85540 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 9 "" at screen 0.50816,0.85540 point pointtype 11 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#d55e00" front
set label 10 "fell by more than measurement error" at screen 0.52760,0.85540 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 11 "" at screen 0.03611,0.83475 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 12 "not distinguishable from measurement error" at screen 0.05556,0.83475 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.02222,0.80661 to screen 0.05000,0.82158 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set label 13 "what measurement error alone reaches (MDC)" at screen 0.05556,0.81409 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 14 "primary points" at screen 0.02222,0.78304 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 15 "change (95 \045 interval)" at screen 0.65202,0.78304 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 16 "Upper trapezius," at screen 0.02222,0.75698 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 17 "midpoint, right" at screen 0.02222,0.73632 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 18 "▲ +128 kPa (+68 to +188)" at screen 0.65202,0.74665 left font "sans-serif,14.667" textcolor rgb "#0072b2" front
set object rectangle from screen 0.40109,0.72267 to screen 0.40220,0.77063 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.72267 to screen 0.47970,0.77063 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.72267 to screen 0.55720,0.77063 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.72267 to screen 0.63470,0.77063 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.73667 to screen 0.52565,0.75663 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.73667 to screen 0.48026,0.75663 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.53192,0.74540 to screen 0.57842,0.74790 fillcolor rgb "#0072b2" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.57842,0.74540 to screen 0.62493,0.74790 fillcolor rgb "#0072b2" fillstyle solid 1.0 noborder behind
set label 19 "" at screen 0.57842,0.74665 point pointtype 9 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#0072b2" front
set label 20 "target points" at screen 0.02222,0.70610 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 21 "Levator scapulae, right" at screen 0.02222,0.68004 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 22 "+9 kPa (−51 to +69)" at screen 0.65202,0.68004 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.40109,0.66639 to screen 0.40220,0.69369 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.66639 to screen 0.47970,0.69369 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.66639 to screen 0.55720,0.69369 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.66639 to screen 0.63470,0.69369 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.67006 to screen 0.52565,0.69002 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.67006 to screen 0.48026,0.69002 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43977,0.67879 to screen 0.48016,0.68129 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.49238,0.67879 to screen 0.53277,0.68129 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 23 "" at screen 0.48627,0.68004 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 24 "Infraspinatus, right" at screen 0.02222,0.65273 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 25 "▲ +103 kPa (+43 to +163)" at screen 0.65202,0.65273 left font "sans-serif,14.667" textcolor rgb "#0072b2" front
set object rectangle from screen 0.40109,0.63908 to screen 0.40220,0.66639 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.63908 to screen 0.47970,0.66639 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.63908 to screen 0.55720,0.66639 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.63908 to screen 0.63470,0.66639 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.64275 to screen 0.52565,0.66271 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.64275 to screen 0.48026,0.66271 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.51263,0.65148 to screen 0.55913,0.65398 fillcolor rgb "#0072b2" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55913,0.65148 to screen 0.60563,0.65398 fillcolor rgb "#0072b2" fillstyle solid 1.0 noborder behind
set label 26 "" at screen 0.55913,0.65273 point pointtype 9 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#0072b2" front
set label 27 "Rhomboid major, right" at screen 0.02222,0.62542 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 28 "▼ −88 kPa (−148 to −28)" at screen 0.65202,0.62542 left font "sans-serif,14.667" textcolor rgb "#d55e00" front
set object rectangle from screen 0.40109,0.61177 to screen 0.40220,0.63908 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.61177 to screen 0.47970,0.63908 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.61177 to screen 0.55720,0.63908 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.61177 to screen 0.63470,0.63908 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.61544 to screen 0.52565,0.63540 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.61544 to screen 0.48026,0.63540 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.36422,0.62417 to screen 0.41072,0.62667 fillcolor rgb "#d55e00" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.41072,0.62417 to screen 0.45722,0.62667 fillcolor rgb "#d55e00" fillstyle solid 1.0 noborder behind
set label 29 "" at screen 0.41072,0.62542 point pointtype 11 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#d55e00" front
set label 30 "Suboccipital, right" at screen 0.02222,0.59811 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 31 "▲ +86 kPa (+26 to +146)" at screen 0.65202,0.59811 left font "sans-serif,14.667" textcolor rgb "#0072b2" front
set object rectangle from screen 0.40109,0.58446 to screen 0.40220,0.61177 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.58446 to screen 0.47970,0.61177 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.58446 to screen 0.55720,0.61177 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.58446 to screen 0.63470,0.61177 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.58813 to screen 0.52565,0.60809 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.58813 to screen 0.48026,0.60809 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.49959,0.59686 to screen 0.54609,0.59936 fillcolor rgb "#0072b2" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.54609,0.59686 to screen 0.59259,0.59936 fillcolor rgb "#0072b2" fillstyle solid 1.0 noborder behind
set label 32 "" at screen 0.54609,0.59811 point pointtype 9 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#0072b2" front
set label 33 "other side" at screen 0.02222,0.56789 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 34 "Upper trapezius, midpoint," at screen 0.02222,0.54183 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 35 "left" at screen 0.02222,0.52117 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 36 "+20 kPa (−40 to +80)" at screen 0.65202,0.53150 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.40109,0.50752 to screen 0.40220,0.55548 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.50752 to screen 0.47970,0.55548 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.50752 to screen 0.55720,0.55548 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.50752 to screen 0.63470,0.55548 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.52152 to screen 0.52565,0.54148 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.52152 to screen 0.48026,0.54148 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.44810,0.53025 to screen 0.48849,0.53275 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.50072,0.53025 to screen 0.54110,0.53275 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 37 "" at screen 0.49460,0.53150 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 38 "Levator scapulae, left" at screen 0.02222,0.49386 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 39 "+6 kPa (−54 to +66)" at screen 0.65202,0.49386 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.40109,0.48021 to screen 0.40220,0.50752 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.48021 to screen 0.47970,0.50752 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.48021 to screen 0.55720,0.50752 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.48021 to screen 0.63470,0.50752 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.48388 to screen 0.52565,0.50384 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.48388 to screen 0.48026,0.50384 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43714,0.49262 to screen 0.47753,0.49511 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.48975,0.49262 to screen 0.53014,0.49511 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 40 "" at screen 0.48364,0.49386 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 41 "Infraspinatus, left" at screen 0.02222,0.46655 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 42 "+2 kPa (−58 to +62)" at screen 0.65202,0.46655 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.40109,0.45290 to screen 0.40220,0.48021 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.45290 to screen 0.47970,0.48021 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.45290 to screen 0.55720,0.48021 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.45290 to screen 0.63470,0.48021 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.45657 to screen 0.52565,0.47653 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.45657 to screen 0.48026,0.47653 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43447,0.46531 to screen 0.47486,0.46780 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.48708,0.46531 to screen 0.52747,0.46780 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 43 "" at screen 0.48097,0.46655 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 44 "Rhomboid major, left" at screen 0.02222,0.43924 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 45 "+3 kPa (−57 to +63)" at screen 0.65202,0.43924 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.40109,0.42559 to screen 0.40220,0.45290 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.42559 to screen 0.47970,0.45290 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.42559 to screen 0.55720,0.45290 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.42559 to screen 0.63470,0.45290 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.42926 to screen 0.52565,0.44922 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.42926 to screen 0.48026,0.44922 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43536,0.43800 to screen 0.47574,0.44049 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.48797,0.43800 to screen 0.52836,0.44049 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 46 "" at screen 0.48186,0.43924 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 47 "Suboccipital, left" at screen 0.02222,0.41193 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 48 "+6 kPa (−54 to +66)" at screen 0.65202,0.41193 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.40109,0.39828 to screen 0.40220,0.42559 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.39828 to screen 0.47970,0.42559 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.39828 to screen 0.55720,0.42559 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.39828 to screen 0.63470,0.42559 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.40195 to screen 0.52565,0.42191 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.40195 to screen 0.48026,0.42191 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43709,0.41069 to screen 0.47748,0.41318 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.48970,0.41069 to screen 0.53009,0.41318 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 49 "" at screen 0.48359,0.41193 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 50 "control points" at screen 0.02222,0.38171 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 51 "Tibialis anterior, right" at screen 0.02222,0.34532 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 52 "at least +43 kPa: cannot be" at screen 0.65202,0.35565 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 53 "judged" at screen 0.65202,0.33500 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.40109,0.32134 to screen 0.40220,0.36931 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.32134 to screen 0.47970,0.36931 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.32134 to screen 0.55720,0.36931 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.32134 to screen 0.63470,0.36931 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.33534 to screen 0.52565,0.35530 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.33534 to screen 0.48026,0.35530 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.51153,0.33867 to screen 0.51431,0.35198 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.51292,0.34408 to screen 0.55181,0.34657 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set arrow from screen 0.53737,0.34532 to screen 0.55181,0.34532 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set arrow from screen 0.54070,0.35115 to screen 0.55181,0.34532 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set arrow from screen 0.54070,0.33950 to screen 0.55181,0.34532 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set label 54 "Thenar eminence, right" at screen 0.02222,0.30769 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 55 "+3 kPa (−57 to +63)" at screen 0.65202,0.30769 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.40109,0.29403 to screen 0.40220,0.32134 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.29403 to screen 0.47970,0.32134 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.29403 to screen 0.55720,0.32134 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.29403 to screen 0.63470,0.32134 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43264,0.29771 to screen 0.52565,0.31767 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.29771 to screen 0.48026,0.31767 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.43471,0.30644 to screen 0.47510,0.30893 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.48732,0.30644 to screen 0.52771,0.30893 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 56 "" at screen 0.48121,0.30769 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 57 "net change" at screen 0.02222,0.27747 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 58 "mean of 5 targets minus" at screen 0.02222,0.24108 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 59 "mean of 2 controls" at screen 0.02222,0.22042 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 60 "at most +25 kPa; no" at screen 0.65202,0.25140 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 61 "between-visit error of a net" at screen 0.65202,0.23075 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 62 "change known here" at screen 0.65202,0.21009 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.40109,0.19644 to screen 0.40220,0.26506 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47859,0.19644 to screen 0.47970,0.26506 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55609,0.19644 to screen 0.55720,0.26506 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.63359,0.19644 to screen 0.63470,0.26506 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47803,0.22077 to screen 0.48026,0.24073 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.49681,0.22409 to screen 0.49959,0.23740 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.45931,0.22950 to screen 0.49820,0.23199 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set arrow from screen 0.47376,0.23075 to screen 0.45931,0.23075 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set arrow from screen 0.47043,0.23657 to screen 0.45931,0.23075 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set arrow from screen 0.47043,0.22493 to screen 0.45931,0.23075 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set arrow from screen 0.40164,0.19228 to screen 0.40164,0.18729 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 63 "−100" at screen 0.40164,0.17571 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.47915,0.19228 to screen 0.47915,0.18729 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 64 "0" at screen 0.47915,0.17571 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.55665,0.19228 to screen 0.55665,0.18729 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 65 "+100" at screen 0.55665,0.17571 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.63415,0.19228 to screen 0.63415,0.18729 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 66 "+200" at screen 0.63415,0.17571 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.35379,0.19228 to screen 0.63535,0.19228 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 67 "change of the PPT (kPa)" at screen 0.49457,0.15506 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 68 "Line: 95 \045 interval of the change. Arrow: the change is at least, or at most, the number" at screen 0.02222,0.12608 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 69 "(ceiling). R, L: the person\047s right and left. PPT: pressure-pain threshold, mean of all" at screen 0.02222,0.10543 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 70 "presses (3 planned a point); target rate 30 kPa/s, tip 1 cm². MDC95 (minimal" at screen 0.02222,0.08477 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 71 "detectable change), as given: 60 kPa for every point. It holds where site, rule, rate and" at screen 0.02222,0.06412 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 72 "tip are those it was found with. Source: this clinic, 20 stable people. By chance alone" at screen 0.02222,0.04346 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 73 "about 0.6 of the 11 judged points would pass it." at screen 0.02222,0.02280 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
unset border
unset tics
set lmargin at screen 0.00000
set rmargin at screen 1.00000
set tmargin at screen 1.00000
set bmargin at screen 0.00000
set xrange [0:180.00000]
set yrange [240.46889:0]
plot -1 with lines
unset multiplot
