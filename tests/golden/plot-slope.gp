unset macros
set encoding utf8
set decimalsign "."
set minussign
set terminal svg size 680,597 fixed noenhanced font "sans-serif,14.667" linewidth 1 background rgb "#ffffff"
mark = 0.6818
set multiplot
unset key
set border 3 linecolor rgb "#6e6e6e"
set tics nomirror out scale 0.6 textcolor rgb "#1a1a1a"
set style fill solid 1.0 noborder
set object rectangle from screen 0.75672,0.94959 to screen 0.98889,0.98735 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 1 "SIMULATED DATA" at screen 0.87281,0.96847 center font "sans-serif Bold,14.667" textcolor rgb "#ffffff" front
set label 2 "P012: PPT (kPa), 2026-03-02 to 2026-04-06" at screen 0.02222,0.96388 left font "sans-serif Bold,16.000" textcolor rgb "#1a1a1a" front
set label 3 "▲ Rose by more than measurement error: Upper trapezius, midpoint, right;" at screen 0.02222,0.92470 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 4 "Infraspinatus, right; Suboccipital, right. ▼ Fell by more than measurement error:" at screen 0.02222,0.89327 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 5 "Rhomboid major, right. Within measurement error: 7 points. Cannot be judged (ceiling):" at screen 0.02222,0.86184 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 6 "1." at screen 0.02222,0.83042 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 7 "Thick, filled triangle: beyond the MDC. Thin, open circle: within measurement error." at screen 0.02222,0.22958 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 8 "Dashed: not a target. Open triangle: ceiling reached first (more than)." at screen 0.02222,0.19815 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 9 "R, L: the person\047s right and left. PPT: pressure-pain threshold, mean of all presses (3" at screen 0.02222,0.16040 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 10 "planned a point); target rate 30 kPa/s, tip 1 cm². MDC95 (minimal detectable change)," at screen 0.02222,0.12897 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 11 "as given: 60 kPa for every point. It holds where site, rule, rate and tip are those it was" at screen 0.02222,0.09755 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 12 "found with. Source: this clinic, 20 stable people. By chance alone about 0.6 of the 11" at screen 0.02222,0.06612 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 13 "judged points would pass it." at screen 0.02222,0.03469 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 14 "2026-03-02" at screen 0.15556,0.77674 center font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 15 "2026-04-06" at screen 0.34667,0.77674 center font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 16 "PPT (kPa), point: change" at screen 0.48373,0.77674 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.75144 to screen 0.15556,0.27060 nohead front linewidth 1 dashtype 1 linecolor rgb "#d9d9d9"
set arrow from screen 0.34667,0.75144 to screen 0.34667,0.27060 nohead front linewidth 1 dashtype 1 linecolor rgb "#d9d9d9"
set arrow from screen 0.15556,0.32112 to screen 0.34667,0.45578 nohead front linewidth 3 dashtype 1 linecolor rgb "#0072b2"
set label 17 "" at screen 0.15556,0.32112 point pointtype 7 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#0072b2" front
set label 18 "" at screen 0.34667,0.45578 point pointtype 9 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#0072b2" front
set arrow from screen 0.15556,0.36909 to screen 0.34667,0.37875 nohead front linewidth 1.3 dashtype 1 linecolor rgb "#1a1a1a"
set label 19 "" at screen 0.15556,0.36909 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 20 "" at screen 0.34667,0.37875 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set arrow from screen 0.15556,0.34324 to screen 0.34667,0.45173 nohead front linewidth 3 dashtype 1 linecolor rgb "#0072b2"
set label 21 "" at screen 0.15556,0.34324 point pointtype 7 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#0072b2" front
set label 22 "" at screen 0.34667,0.45173 point pointtype 9 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#0072b2" front
set arrow from screen 0.15556,0.42019 to screen 0.34667,0.32738 nohead front linewidth 3 dashtype 1 linecolor rgb "#d55e00"
set label 23 "" at screen 0.15556,0.42019 point pointtype 7 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#d55e00" front
set label 24 "" at screen 0.34667,0.32738 point pointtype 11 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#d55e00" front
set arrow from screen 0.15556,0.28958 to screen 0.34667,0.38038 nohead front linewidth 3 dashtype 1 linecolor rgb "#0072b2"
set label 25 "" at screen 0.15556,0.28958 point pointtype 7 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#0072b2" front
set label 26 "" at screen 0.34667,0.38038 point pointtype 9 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#0072b2" front
set arrow from screen 0.15556,0.41387 to screen 0.34667,0.43484 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 27 "" at screen 0.15556,0.41387 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 28 "" at screen 0.34667,0.43484 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.45264 to screen 0.34667,0.45874 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 29 "" at screen 0.15556,0.45264 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 30 "" at screen 0.34667,0.45874 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.44343 to screen 0.34667,0.44591 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 31 "" at screen 0.15556,0.44343 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 32 "" at screen 0.34667,0.44591 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.47230 to screen 0.34667,0.47598 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 33 "" at screen 0.15556,0.47230 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 34 "" at screen 0.34667,0.47598 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.33632 to screen 0.34667,0.34235 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 35 "" at screen 0.15556,0.33632 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 36 "" at screen 0.34667,0.34235 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.68664 to screen 0.34667,0.73246 nohead front linewidth 1.3 dashtype 3 linecolor rgb "#6e6e6e"
set label 37 "" at screen 0.15556,0.68664 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 38 "" at screen 0.34667,0.73246 point pointtype 8 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.53123 to screen 0.34667,0.53403 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 39 "" at screen 0.15556,0.53123 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 40 "" at screen 0.34667,0.53403 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.68664 to screen 0.12500,0.68664 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 41 "556" at screen 0.11944,0.68664 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.53123 to screen 0.12500,0.60592 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 42 "409" at screen 0.11944,0.60592 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.47230 to screen 0.12500,0.57429 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 43 "353" at screen 0.11944,0.57429 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.45264 to screen 0.12500,0.54265 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 44 "334" at screen 0.11944,0.54265 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.44343 to screen 0.12500,0.51102 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 45 "325" at screen 0.11944,0.51102 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.42019 to screen 0.12500,0.47938 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 46 "303" at screen 0.11944,0.47938 right font "sans-serif Bold,14.667" textcolor rgb "#d55e00" front
set arrow from screen 0.14722,0.41387 to screen 0.12500,0.44775 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 47 "297" at screen 0.11944,0.44775 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.36909 to screen 0.12500,0.41611 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 48 "254" at screen 0.11944,0.41611 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.14722,0.34324 to screen 0.12500,0.38448 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 49 "230" at screen 0.11944,0.38448 right font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.14722,0.33632 to screen 0.12500,0.35285 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 50 "223" at screen 0.11944,0.35285 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.32112 to screen 0.12500,0.32121 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 51 "209" at screen 0.11944,0.32121 right font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.14722,0.28958 to screen 0.12500,0.28958 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 52 "179" at screen 0.11944,0.28958 right font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.35500,0.73246 to screen 0.37722,0.73246 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 53 "> 600  Tibialis anterior R: at least +43 kPa (+7 \045)" at screen 0.38278,0.73246 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.53403 to screen 0.37722,0.60592 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 54 "411  Thenar eminence R: +3 kPa (+1 \045)" at screen 0.38278,0.60592 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.47598 to screen 0.37722,0.57429 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 55 "356  Rhomboid major L: +3 kPa (+1 \045)" at screen 0.38278,0.57429 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.45874 to screen 0.37722,0.54265 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 56 "340  Levator scapulae L: +6 kPa (+2 \045)" at screen 0.38278,0.54265 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.45578 to screen 0.37722,0.51102 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 57 "337  Upper trapezius, midpoint R: ▲ +128" at screen 0.38278,0.51102 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.35500,0.45173 to screen 0.37722,0.47938 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 58 "333  Infraspinatus R: ▲ +103 kPa (+45 \045)" at screen 0.38278,0.47938 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.35500,0.44591 to screen 0.37722,0.44775 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 59 "327  Infraspinatus L: +2 kPa (+1 \045)" at screen 0.38278,0.44775 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.43484 to screen 0.37722,0.41611 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 60 "317  Upper trapezius, midpoint L: +20 kPa (+7 \045)" at screen 0.38278,0.41611 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.38038 to screen 0.37722,0.38448 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 61 "265  Suboccipital R: ▲ +86 kPa (+48 \045)" at screen 0.38278,0.38448 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.35500,0.37875 to screen 0.37722,0.35285 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 62 "264  Levator scapulae R: +9 kPa (+4 \045)" at screen 0.38278,0.35285 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.35500,0.34235 to screen 0.37722,0.32121 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 63 "229  Suboccipital L: +6 kPa (+3 \045)" at screen 0.38278,0.32121 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.32738 to screen 0.37722,0.28958 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 64 "215  Rhomboid major R: ▼ −88 kPa (−29 \045)" at screen 0.38278,0.28958 left font "sans-serif Bold,14.667" textcolor rgb "#d55e00" front
unset border
unset tics
set lmargin at screen 0.00000
set rmargin at screen 1.00000
set tmargin at screen 1.00000
set bmargin at screen 0.00000
set xrange [0:180.00000]
set yrange [158.05689:0]
plot -1 with lines
unset multiplot
