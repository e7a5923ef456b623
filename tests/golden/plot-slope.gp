unset macros
set encoding utf8
set decimalsign "."
set minussign
set terminal svg size 680,560 fixed noenhanced font "sans-serif,14.667" linewidth 1 background rgb "#ffffff"
set multiplot
unset key
set border 3 linecolor rgb "#6e6e6e"
set tics nomirror out scale 0.6 textcolor rgb "#1a1a1a"
set style fill solid 1.0 noborder
set object rectangle from screen 0.75672,0.94621 to screen 0.98889,0.98650 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 1 "SIMULATED DATA" at screen 0.87281,0.96636 center font "sans-serif Bold,14.667" textcolor rgb "#ffffff" front
set label 2 "P012: PPT (kPa), 2026-03-02 to 2026-04-06" at screen 0.02222,0.96146 left font "sans-serif Bold,16.000" textcolor rgb "#1a1a1a" front
set label 3 "▲ Rose by more than the MDC: Upper trapezius, midpoint, right; Infraspinatus, right;" at screen 0.02222,0.91965 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 4 "Suboccipital, right. ▼ Fell by more than the MDC: Rhomboid major, right. Within" at screen 0.02222,0.88611 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 5 "measurement error: 7 points. Cannot be judged (ceiling): 1." at screen 0.02222,0.85258 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 6 "Bold, filled triangle: beyond the MDC. Thin, open circle: within measurement error." at screen 0.02222,0.21144 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 7 "Dashed: not a target. Open triangle: no pain up to the ceiling (more than)." at screen 0.02222,0.17791 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 8 "R, L: the person\047s right and left. PPT: pressure-pain threshold, mean of all presses (3" at screen 0.02222,0.13762 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 9 "planned a point); target rate 30 kPa/s, tip 1 cm². MDC: minimal detectable change, 60" at screen 0.02222,0.10409 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 10 "kPa (this clinic, 20 stable people); measurement error alone exceeds it in 5 of 100" at screen 0.02222,0.07055 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 11 "stable points. By chance alone about 0.6 of the 12 judged points would pass it." at screen 0.02222,0.03702 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 12 "2026-03-02" at screen 0.15556,0.79530 center font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 13 "2026-04-06" at screen 0.34667,0.79530 center font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 14 "PPT (kPa), point: change" at screen 0.48373,0.79530 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.76830 to screen 0.15556,0.25521 nohead front linewidth 1 dashtype 1 linecolor rgb "#d9d9d9"
set arrow from screen 0.34667,0.76830 to screen 0.34667,0.25521 nohead front linewidth 1 dashtype 1 linecolor rgb "#d9d9d9"
set arrow from screen 0.15556,0.30912 to screen 0.34667,0.45281 nohead front linewidth 3 dashtype 1 linecolor rgb "#0072b2"
set label 15 "" at screen 0.15556,0.30912 point pointtype 7 pointsize 1.1 linewidth 1.5 linecolor rgb "#0072b2" front
set label 16 "" at screen 0.34667,0.45281 point pointtype 9 pointsize 1.1 linewidth 1.5 linecolor rgb "#0072b2" front
set arrow from screen 0.15556,0.36031 to screen 0.34667,0.37062 nohead front linewidth 1.3 dashtype 1 linecolor rgb "#1a1a1a"
set label 17 "" at screen 0.15556,0.36031 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 18 "" at screen 0.34667,0.37062 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#1a1a1a" front
set arrow from screen 0.15556,0.33273 to screen 0.34667,0.44849 nohead front linewidth 3 dashtype 1 linecolor rgb "#0072b2"
set label 19 "" at screen 0.15556,0.33273 point pointtype 7 pointsize 1.1 linewidth 1.5 linecolor rgb "#0072b2" front
set label 20 "" at screen 0.34667,0.44849 point pointtype 9 pointsize 1.1 linewidth 1.5 linecolor rgb "#0072b2" front
set arrow from screen 0.15556,0.41484 to screen 0.34667,0.31580 nohead front linewidth 3 dashtype 1 linecolor rgb "#d55e00"
set label 21 "" at screen 0.15556,0.41484 point pointtype 7 pointsize 1.1 linewidth 1.5 linecolor rgb "#d55e00" front
set label 22 "" at screen 0.34667,0.31580 point pointtype 11 pointsize 1.1 linewidth 1.5 linecolor rgb "#d55e00" front
set arrow from screen 0.15556,0.27547 to screen 0.34667,0.37236 nohead front linewidth 3 dashtype 1 linecolor rgb "#0072b2"
set label 23 "" at screen 0.15556,0.27547 point pointtype 7 pointsize 1.1 linewidth 1.5 linecolor rgb "#0072b2" front
set label 24 "" at screen 0.34667,0.37236 point pointtype 9 pointsize 1.1 linewidth 1.5 linecolor rgb "#0072b2" front
set arrow from screen 0.15556,0.40810 to screen 0.34667,0.43047 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 25 "" at screen 0.15556,0.40810 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 26 "" at screen 0.34667,0.43047 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.44946 to screen 0.34667,0.45597 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 27 "" at screen 0.15556,0.44946 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 28 "" at screen 0.34667,0.45597 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.43964 to screen 0.34667,0.44228 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 29 "" at screen 0.15556,0.43964 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 30 "" at screen 0.34667,0.44228 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.47045 to screen 0.34667,0.47437 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 31 "" at screen 0.15556,0.47045 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 32 "" at screen 0.34667,0.47437 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.32534 to screen 0.34667,0.33178 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 33 "" at screen 0.15556,0.32534 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 34 "" at screen 0.34667,0.33178 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.69916 to screen 0.34667,0.74805 nohead front linewidth 1.3 dashtype 3 linecolor rgb "#6e6e6e"
set label 35 "" at screen 0.15556,0.69916 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 36 "" at screen 0.34667,0.74805 point pointtype 8 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.15556,0.53332 to screen 0.34667,0.53631 nohead front linewidth 1.3 dashtype 2 linecolor rgb "#6e6e6e"
set label 37 "" at screen 0.15556,0.53332 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 38 "" at screen 0.34667,0.53631 point pointtype 6 pointsize 0.8 linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.69916 to screen 0.12500,0.69916 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 39 "556" at screen 0.11944,0.69916 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.53332 to screen 0.12500,0.61302 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 40 "409" at screen 0.11944,0.61302 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.47045 to screen 0.12500,0.57927 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 41 "353" at screen 0.11944,0.57927 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.44946 to screen 0.12500,0.54551 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 42 "334" at screen 0.11944,0.54551 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.43964 to screen 0.12500,0.51176 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 43 "325" at screen 0.11944,0.51176 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.41484 to screen 0.12500,0.47800 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 44 "303" at screen 0.11944,0.47800 right font "sans-serif Bold,14.667" textcolor rgb "#d55e00" front
set arrow from screen 0.14722,0.40810 to screen 0.12500,0.44424 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 45 "297" at screen 0.11944,0.44424 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.36031 to screen 0.12500,0.41049 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 46 "254" at screen 0.11944,0.41049 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.14722,0.33273 to screen 0.12500,0.37673 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 47 "230" at screen 0.11944,0.37673 right font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.14722,0.32534 to screen 0.12500,0.34298 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 48 "223" at screen 0.11944,0.34298 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.14722,0.30912 to screen 0.12500,0.30922 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 49 "209" at screen 0.11944,0.30922 right font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.14722,0.27547 to screen 0.12500,0.27547 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 50 "179" at screen 0.11944,0.27547 right font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.35500,0.74805 to screen 0.37722,0.74805 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 51 "> 600  Tibialis anterior R: at least +43 kPa (+7 \045)" at screen 0.38278,0.74805 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.53631 to screen 0.37722,0.61302 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 52 "411  Thenar eminence R: +3 kPa (+1 \045)" at screen 0.38278,0.61302 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.47437 to screen 0.37722,0.57927 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 53 "356  Rhomboid major L: +3 kPa (+1 \045)" at screen 0.38278,0.57927 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.45597 to screen 0.37722,0.54551 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 54 "340  Levator scapulae L: +6 kPa (+2 \045)" at screen 0.38278,0.54551 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.45281 to screen 0.37722,0.51176 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 55 "337  Upper trapezius, midpoint R: ▲ +128" at screen 0.38278,0.51176 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.35500,0.44849 to screen 0.37722,0.47800 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 56 "333  Infraspinatus R: ▲ +103 kPa (+45 \045)" at screen 0.38278,0.47800 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.35500,0.44228 to screen 0.37722,0.44424 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 57 "327  Infraspinatus L: +2 kPa (+1 \045)" at screen 0.38278,0.44424 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.43047 to screen 0.37722,0.41049 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 58 "317  Upper trapezius, midpoint L: +20 kPa (+7 \045)" at screen 0.38278,0.41049 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.37236 to screen 0.37722,0.37673 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 59 "265  Suboccipital R: ▲ +86 kPa (+48 \045)" at screen 0.38278,0.37673 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.35500,0.37062 to screen 0.37722,0.34298 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 60 "264  Levator scapulae R: +9 kPa (+4 \045)" at screen 0.38278,0.34298 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.35500,0.33178 to screen 0.37722,0.30922 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 61 "229  Suboccipital L: +6 kPa (+3 \045)" at screen 0.38278,0.30922 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.35500,0.31580 to screen 0.37722,0.27547 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 62 "215  Rhomboid major R: ▼ −88 kPa (−29 \045)" at screen 0.38278,0.27547 left font "sans-serif Bold,14.667" textcolor rgb "#d55e00" front
unset border
unset tics
set lmargin at screen 0.00000
set rmargin at screen 1.00000
set tmargin at screen 1.00000
set bmargin at screen 0.00000
set xrange [0:180.00000]
set yrange [148.12267:0]
plot -1 with lines
unset multiplot
