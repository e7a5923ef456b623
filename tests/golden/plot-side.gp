unset macros
set encoding utf8
set decimalsign "."
set minussign
set terminal svg size 680,400 fixed noenhanced font "sans-serif,14.667" linewidth 1 background rgb "#ffffff"
mark = 0.6818
set multiplot
unset key
set border 3 linecolor rgb "#6e6e6e"
set tics nomirror out scale 0.6 textcolor rgb "#1a1a1a"
set style fill solid 1.0 noborder
set object rectangle from screen 0.75672,0.92479 to screen 0.98889,0.98112 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 1 "SIMULATED DATA" at screen 0.87281,0.95295 center font "sans-serif Bold,14.667" textcolor rgb "#ffffff" front
set label 2 "P012 ses-01, 2026-03-02: PPT of both sides" at screen 0.02222,0.94610 left font "sans-serif Bold,16.000" textcolor rgb "#1a1a1a" front
set label 3 "The threshold of the affected side is the lower one at 5 points and the higher one at 0." at screen 0.02222,0.88764 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 4 "" at screen 0.03611,0.81242 point pointtype 7 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 5 "affected side (target)" at screen 0.05556,0.81242 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 6 "" at screen 0.32120,0.81242 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 7 "other side" at screen 0.34065,0.81242 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 8 "point" at screen 0.02222,0.74193 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 9 "PPT: affected / other = ratio" at screen 0.65202,0.74193 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 10 "Upper trapezius," at screen 0.02222,0.67804 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 11 "midpoint, right (primary)" at screen 0.02222,0.63115 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 12 "209 / 297 kPa = 0.70" at screen 0.65202,0.65460 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.39564,0.60015 to screen 0.39675,0.70904 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47063,0.60015 to screen 0.47174,0.70904 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.54562,0.60015 to screen 0.54673,0.70904 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.62061,0.60015 to screen 0.62172,0.70904 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.40922,0.65224 to screen 0.53489,0.65696 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 13 "" at screen 0.54156,0.65460 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 14 "" at screen 0.40922,0.65460 point pointtype 7 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 15 "Levator scapulae, right" at screen 0.02222,0.56915 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 16 "254 / 334 kPa = 0.76" at screen 0.65202,0.56915 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.39564,0.53815 to screen 0.39675,0.60015 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47063,0.53815 to screen 0.47174,0.60015 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.54562,0.53815 to screen 0.54673,0.60015 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.62061,0.53815 to screen 0.62172,0.60015 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47766,0.56679 to screen 0.59020,0.57151 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 17 "" at screen 0.59687,0.56915 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 18 "" at screen 0.47766,0.56915 point pointtype 7 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 19 "Infraspinatus, right" at screen 0.02222,0.50715 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 20 "230 / 325 kPa = 0.71" at screen 0.65202,0.50715 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.39564,0.47616 to screen 0.39675,0.53815 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47063,0.47616 to screen 0.47174,0.53815 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.54562,0.47616 to screen 0.54673,0.53815 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.62061,0.47616 to screen 0.62172,0.53815 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.44079,0.50479 to screen 0.57706,0.50951 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 21 "" at screen 0.58373,0.50715 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 22 "" at screen 0.44079,0.50715 point pointtype 7 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 23 "Rhomboid major, right" at screen 0.02222,0.44516 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 24 "303 / 353 kPa = 0.86" at screen 0.65202,0.44516 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.39564,0.41416 to screen 0.39675,0.47616 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47063,0.41416 to screen 0.47174,0.47616 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.54562,0.41416 to screen 0.54673,0.47616 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.62061,0.41416 to screen 0.62172,0.47616 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.55057,0.44280 to screen 0.61826,0.44752 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 25 "" at screen 0.62493,0.44516 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 26 "" at screen 0.55057,0.44516 point pointtype 7 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 27 "Suboccipital, right" at screen 0.02222,0.38316 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 28 "179 / 223 kPa = 0.80" at screen 0.65202,0.38316 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.39564,0.35216 to screen 0.39675,0.41416 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47063,0.35216 to screen 0.47174,0.41416 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.54562,0.35216 to screen 0.54673,0.41416 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.62061,0.35216 to screen 0.62172,0.41416 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.36422,0.38080 to screen 0.42424,0.38552 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 29 "" at screen 0.43091,0.38316 point pointtype 6 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 30 "" at screen 0.36422,0.38316 point pointtype 7 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set arrow from screen 0.39619,0.34272 to screen 0.39619,0.33139 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 31 "200" at screen 0.39619,0.30511 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.47118,0.34272 to screen 0.47118,0.33139 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 32 "250" at screen 0.47118,0.30511 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.54617,0.34272 to screen 0.54617,0.33139 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 33 "300" at screen 0.54617,0.30511 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.62116,0.34272 to screen 0.62116,0.33139 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 34 "350" at screen 0.62116,0.30511 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.35379,0.34272 to screen 0.63535,0.34272 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 35 "PPT (kPa)" at screen 0.49457,0.25822 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 36 "Ratio: value at the affected point (target) / value at the same place on the other side, in" at screen 0.02222,0.19245 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 37 "this session; below 1 the affected side is the more tender one. What measurement" at screen 0.02222,0.14555 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 38 "error does to a ratio is not shown. PPT: pressure-pain threshold, mean of all presses (3" at screen 0.02222,0.09866 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 39 "planned a point); target rate 30 kPa/s, tip 1 cm², procedure myofascial-quick 1.0." at screen 0.02222,0.05177 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
unset border
unset tics
set lmargin at screen 0.00000
set rmargin at screen 1.00000
set tmargin at screen 1.00000
set bmargin at screen 0.00000
set xrange [0:180.00000]
set yrange [105.92533:0]
plot -1 with lines
unset multiplot
