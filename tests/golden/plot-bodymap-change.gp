unset macros
set encoding utf8
set decimalsign "."
set minussign
set terminal svg size 680,726 fixed noenhanced font "sans-serif,14.667" linewidth 1 background rgb "#ffffff"
mark = 0.6818
set multiplot
unset key
set border 3 linecolor rgb "#6e6e6e"
set tics nomirror out scale 0.6 textcolor rgb "#1a1a1a"
set style fill solid 1.0 noborder
set object rectangle from screen 0.75672,0.95850 to screen 0.98889,0.98958 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 1 "SIMULATED DATA" at screen 0.87281,0.97404 center font "sans-serif Bold,14.667" textcolor rgb "#ffffff" front
set label 2 "P012: PPT change (kPa), 2026-03-02 to 2026-04-06" at screen 0.02222,0.97026 left font "sans-serif Bold,16.000" textcolor rgb "#1a1a1a" front
set label 3 "▲ Rose by more than measurement error: Upper trapezius, midpoint, right;" at screen 0.02222,0.93800 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 4 "Infraspinatus, right; Suboccipital, right. ▼ Fell by more than measurement error:" at screen 0.02222,0.91212 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 5 "Rhomboid major, right. Within measurement error: 7 points. Cannot be judged (ceiling):" at screen 0.02222,0.88624 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 6 "1." at screen 0.02222,0.86037 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
$outline0 << EOD
0.50000 0.02000
0.53430 0.02190
0.56400 0.02960
0.58690 0.04400
0.59830 0.06320
0.60170 0.08240
0.60060 0.10160
0.59370 0.11600
0.58000 0.13040
0.57310 0.14290
0.57540 0.15630
0.59140 0.16400
0.62800 0.17070
0.68290 0.17740
0.74000 0.18700
0.78110 0.20050
0.80170 0.21680
0.81310 0.23600
0.82690 0.26960
0.84740 0.30800
0.87260 0.34160
0.90690 0.37520
0.93430 0.39440
0.94800 0.42320
0.95490 0.46160
0.95940 0.50000
0.96400 0.51440
0.98000 0.52880
1.00060 0.54320
1.00740 0.55760
0.99830 0.56720
0.98690 0.57680
0.98230 0.59600
0.97090 0.61520
0.95490 0.62100
0.93890 0.61330
0.92740 0.58640
0.91600 0.55760
0.90690 0.52880
0.90690 0.51250
0.89310 0.48080
0.87490 0.44240
0.84970 0.40400
0.82230 0.37520
0.79710 0.34160
0.77430 0.30800
0.74910 0.27920
0.73310 0.26480
0.72400 0.28880
0.71030 0.31760
0.69660 0.34640
0.68740 0.37040
0.68970 0.39440
0.70570 0.42320
0.71940 0.45200
0.72860 0.48080
0.73090 0.50960
0.72630 0.54800
0.71030 0.59600
0.68740 0.64400
0.66690 0.68240
0.66000 0.70640
0.66230 0.73040
0.66910 0.75920
0.66460 0.78800
0.64400 0.82640
0.62110 0.86480
0.60290 0.90320
0.59830 0.93200
0.61430 0.95120
0.65090 0.96560
0.67830 0.97620
0.66460 0.98000
0.57770 0.98000
0.56400 0.96560
0.55940 0.94160
0.56170 0.91280
0.56400 0.88400
0.55940 0.83600
0.55030 0.78800
0.54570 0.74960
0.55030 0.71120
0.54340 0.68240
0.53200 0.64400
0.52060 0.59600
0.50910 0.55760
0.50000 0.53070
0.49090 0.55760
0.47940 0.59600
0.46800 0.64400
0.45660 0.68240
0.44970 0.71120
0.45430 0.74960
0.44970 0.78800
0.44060 0.83600
0.43600 0.88400
0.43830 0.91280
0.44060 0.94160
0.43600 0.96560
0.42230 0.98000
0.33540 0.98000
0.32170 0.97620
0.34910 0.96560
0.38570 0.95120
0.40170 0.93200
0.39710 0.90320
0.37890 0.86480
0.35600 0.82640
0.33540 0.78800
0.33090 0.75920
0.33770 0.73040
0.34000 0.70640
0.33310 0.68240
0.31260 0.64400
0.28970 0.59600
0.27370 0.54800
0.26910 0.50960
0.27140 0.48080
0.28060 0.45200
0.29430 0.42320
0.31030 0.39440
0.31260 0.37040
0.30340 0.34640
0.28970 0.31760
0.27600 0.28880
0.26690 0.26480
0.25090 0.27920
0.22570 0.30800
0.20290 0.34160
0.17770 0.37520
0.15030 0.40400
0.12510 0.44240
0.10690 0.48080
0.09310 0.51250
0.09310 0.52880
0.08400 0.55760
0.07260 0.58640
0.06110 0.61330
0.04510 0.62100
0.02910 0.61520
0.01770 0.59600
0.01310 0.57680
0.00170 0.56720
-0.00740 0.55760
-0.00060 0.54320
0.02000 0.52880
0.03600 0.51440
0.04060 0.50000
0.04510 0.46160
0.05200 0.42320
0.06570 0.39440
0.09310 0.37520
0.12740 0.34160
0.15260 0.30800
0.17310 0.26960
0.18690 0.23600
0.19830 0.21680
0.21890 0.20050
0.26000 0.18700
0.31710 0.17740
0.37200 0.17070
0.40860 0.16400
0.42460 0.15630
0.42690 0.14290
0.42000 0.13040
0.40630 0.11600
0.39940 0.10160
0.39830 0.08240
0.40170 0.06320
0.41310 0.04400
0.43600 0.02960
0.46570 0.02190
0.50000 0.02000
EOD
set label 7 "front" at screen 0.27491,0.82138 center font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 8 "R" at screen 0.17995,0.82138 center font "sans-serif Bold,17.333" textcolor rgb "#6e6e6e" front
set label 9 "L" at screen 0.36987,0.82138 center font "sans-serif Bold,17.333" textcolor rgb "#6e6e6e" front
set label 10 "THEN R" at screen 0.14106,0.56228 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 11 "+3" at screen 0.14106,0.53641 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.14662,0.54934 to screen 0.17178,0.54934 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 12 "TA R" at screen 0.14106,0.45732 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 13 "≥ +43" at screen 0.14106,0.43145 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.14662,0.44438 to screen 0.23962,0.44438 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set lmargin at screen 0.16328
set rmargin at screen 0.38654
set tmargin at screen 0.80575
set bmargin at screen 0.32648
unset border
unset tics
set xrange [-0.02000:1.02000]
set yrange [1.00000:0.00000]
plot $outline0 with filledcurves closed fillcolor rgb "#f0ece6", $outline0 with lines linewidth 1 linecolor rgb "#8c8c8c", "+" using (0.37700):(0.75400) every ::0::0 with points pointtype 8 pointsize 0.8*mark linewidth 1.8 linecolor rgb "#1a1a1a", "+" using (0.06100):(0.53500) every ::0::0 with points pointtype 6 pointsize 0.8*mark linewidth 1.8 linecolor rgb "#6e6e6e"
unset label
unset arrow
unset object
$outline1 << EOD
0.50000 0.02000
0.53430 0.02190
0.56400 0.02960
0.58690 0.04400
0.59830 0.06320
0.60170 0.08240
0.60060 0.10160
0.59370 0.11600
0.58000 0.13040
0.57310 0.14290
0.57540 0.15630
0.59140 0.16400
0.62800 0.17070
0.68290 0.17740
0.74000 0.18700
0.78110 0.20050
0.80170 0.21680
0.81310 0.23600
0.82690 0.26960
0.84740 0.30800
0.87260 0.34160
0.90690 0.37520
0.93430 0.39440
0.94800 0.42320
0.95490 0.46160
0.95940 0.50000
0.96400 0.51440
0.98000 0.52880
1.00060 0.54320
1.00740 0.55760
0.99830 0.56720
0.98690 0.57680
0.98230 0.59600
0.97090 0.61520
0.95490 0.62100
0.93890 0.61330
0.92740 0.58640
0.91600 0.55760
0.90690 0.52880
0.90690 0.51250
0.89310 0.48080
0.87490 0.44240
0.84970 0.40400
0.82230 0.37520
0.79710 0.34160
0.77430 0.30800
0.74910 0.27920
0.73310 0.26480
0.72400 0.28880
0.71030 0.31760
0.69660 0.34640
0.68740 0.37040
0.68970 0.39440
0.70570 0.42320
0.71940 0.45200
0.72860 0.48080
0.73090 0.50960
0.72630 0.54800
0.71030 0.59600
0.68740 0.64400
0.66690 0.68240
0.66000 0.70640
0.66230 0.73040
0.66910 0.75920
0.66460 0.78800
0.64400 0.82640
0.62110 0.86480
0.60290 0.90320
0.59830 0.93200
0.61430 0.95120
0.65090 0.96560
0.67830 0.97620
0.66460 0.98000
0.57770 0.98000
0.56400 0.96560
0.55940 0.94160
0.56170 0.91280
0.56400 0.88400
0.55940 0.83600
0.55030 0.78800
0.54570 0.74960
0.55030 0.71120
0.54340 0.68240
0.53200 0.64400
0.52060 0.59600
0.50910 0.55760
0.50000 0.53070
0.49090 0.55760
0.47940 0.59600
0.46800 0.64400
0.45660 0.68240
0.44970 0.71120
0.45430 0.74960
0.44970 0.78800
0.44060 0.83600
0.43600 0.88400
0.43830 0.91280
0.44060 0.94160
0.43600 0.96560
0.42230 0.98000
0.33540 0.98000
0.32170 0.97620
0.34910 0.96560
0.38570 0.95120
0.40170 0.93200
0.39710 0.90320
0.37890 0.86480
0.35600 0.82640
0.33540 0.78800
0.33090 0.75920
0.33770 0.73040
0.34000 0.70640
0.33310 0.68240
0.31260 0.64400
0.28970 0.59600
0.27370 0.54800
0.26910 0.50960
0.27140 0.48080
0.28060 0.45200
0.29430 0.42320
0.31030 0.39440
0.31260 0.37040
0.30340 0.34640
0.28970 0.31760
0.27600 0.28880
0.26690 0.26480
0.25090 0.27920
0.22570 0.30800
0.20290 0.34160
0.17770 0.37520
0.15030 0.40400
0.12510 0.44240
0.10690 0.48080
0.09310 0.51250
0.09310 0.52880
0.08400 0.55760
0.07260 0.58640
0.06110 0.61330
0.04510 0.62100
0.02910 0.61520
0.01770 0.59600
0.01310 0.57680
0.00170 0.56720
-0.00740 0.55760
-0.00060 0.54320
0.02000 0.52880
0.03600 0.51440
0.04060 0.50000
0.04510 0.46160
0.05200 0.42320
0.06570 0.39440
0.09310 0.37520
0.12740 0.34160
0.15260 0.30800
0.17310 0.26960
0.18690 0.23600
0.19830 0.21680
0.21890 0.20050
0.26000 0.18700
0.31710 0.17740
0.37200 0.17070
0.40860 0.16400
0.42460 0.15630
0.42690 0.14290
0.42000 0.13040
0.40630 0.11600
0.39940 0.10160
0.39830 0.08240
0.40170 0.06320
0.41310 0.04400
0.43600 0.02960
0.46570 0.02190
0.50000 0.02000
EOD
set label 1 "back, upper body" at screen 0.68216,0.82138 center font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 2 "L" at screen 0.54426,0.82138 center font "sans-serif Bold,17.333" textcolor rgb "#6e6e6e" front
set label 3 "R" at screen 0.82005,0.82138 center font "sans-serif Bold,17.333" textcolor rgb "#6e6e6e" front
set label 4 "SUBO L" at screen 0.50537,0.74777 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 5 "+6" at screen 0.50537,0.72190 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51093,0.73484 to screen 0.65696,0.69042 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 6 "UTRAP L" at screen 0.50537,0.69342 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 7 "+20" at screen 0.50537,0.66754 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51093,0.68048 to screen 0.61517,0.63843 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 8 "LEV L" at screen 0.50537,0.63906 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 9 "+6" at screen 0.50537,0.61319 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51093,0.62612 to screen 0.62433,0.62915 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 10 "ISP L" at screen 0.50537,0.58470 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 11 "+2" at screen 0.50537,0.55883 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51093,0.57177 to screen 0.60090,0.58934 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 12 "RHOM L" at screen 0.50537,0.53035 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 13 "+3" at screen 0.50537,0.50447 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51093,0.51741 to screen 0.64382,0.58331 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 14 "SUBO R" at screen 0.85894,0.74777 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 15 "▲ +86" at screen 0.85894,0.72190 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.85338,0.73484 to screen 0.70736,0.69042 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 16 "UTRAP R" at screen 0.85894,0.69342 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 17 "▲ +128" at screen 0.85894,0.66754 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.85338,0.68048 to screen 0.74914,0.63843 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 18 "LEV R" at screen 0.85894,0.63906 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 19 "+9" at screen 0.85894,0.61319 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.85338,0.62612 to screen 0.73999,0.62915 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 20 "ISP R" at screen 0.85894,0.58470 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 21 "▲ +103" at screen 0.85894,0.55883 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.85338,0.57177 to screen 0.76342,0.58934 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set label 22 "RHOM R" at screen 0.85894,0.53035 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 23 "▼ −88" at screen 0.85894,0.50447 left font "sans-serif Bold,14.667" textcolor rgb "#d55e00" front
set arrow from screen 0.85338,0.51741 to screen 0.72050,0.58331 nohead front linewidth 0.8 dashtype 1 linecolor rgb "#6e6e6e"
set lmargin at screen 0.52760
set rmargin at screen 0.83672
set tmargin at screen 0.80575
set bmargin at screen 0.32648
unset border
unset tics
set xrange [0.14000:0.86000]
set yrange [0.50000:0.00000]
plot $outline1 with filledcurves closed fillcolor rgb "#f0ece6", $outline1 with lines linewidth 1 linecolor rgb "#8c8c8c", "+" using (0.63700):(0.17800) every ::0::0 with points pointtype 9 pointsize 1.25*mark linewidth 1.8 linecolor rgb "#0072b2", "+" using (0.61400):(0.18400) every ::0::0 with points pointtype 6 pointsize 1*mark linewidth 1.8 linecolor rgb "#6e6e6e", "+" using (0.66900):(0.22400) every ::0::0 with points pointtype 9 pointsize 1.25*mark linewidth 1.8 linecolor rgb "#0072b2", "+" using (0.57100):(0.22800) every ::0::0 with points pointtype 11 pointsize 1.25*mark linewidth 1.8 linecolor rgb "#d55e00", "+" using (0.53900):(0.12300) every ::0::0 with points pointtype 9 pointsize 1.25*mark linewidth 1.8 linecolor rgb "#0072b2", "+" using (0.36300):(0.17800) every ::0::0 with points pointtype 6 pointsize 1*mark linewidth 1.8 linecolor rgb "#6e6e6e", "+" using (0.38600):(0.18400) every ::0::0 with points pointtype 6 pointsize 1*mark linewidth 1.8 linecolor rgb "#6e6e6e", "+" using (0.33100):(0.22400) every ::0::0 with points pointtype 6 pointsize 1*mark linewidth 1.8 linecolor rgb "#6e6e6e", "+" using (0.42900):(0.22800) every ::0::0 with points pointtype 6 pointsize 1*mark linewidth 1.8 linecolor rgb "#6e6e6e", "+" using (0.46100):(0.12300) every ::0::0 with points pointtype 6 pointsize 1*mark linewidth 1.8 linecolor rgb "#6e6e6e"
unset label
unset arrow
unset object
set label 1 "" at screen 0.03611,0.27187 point pointtype 9 pointsize 1.25*mark linewidth 1.5 linecolor rgb "#0072b2" front
set label 2 "rose by more than measurement error (MDC)" at screen 0.05556,0.27187 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 3 "" at screen 0.03611,0.24599 point pointtype 11 pointsize 1.25*mark linewidth 1.5 linecolor rgb "#d55e00" front
set label 4 "fell by more than measurement error (MDC)" at screen 0.05556,0.24599 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 5 "" at screen 0.03611,0.22012 point pointtype 6 pointsize 1*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 6 "not distinguishable from measurement error" at screen 0.05556,0.22012 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 7 "" at screen 0.57238,0.22012 point pointtype 8 pointsize 1.1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 8 "ceiling reached first (more than)" at screen 0.59183,0.22012 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 9 "UTRAP Upper trapezius, midpoint; LEV Levator scapulae; ISP Infraspinatus; RHOM" at screen 0.02222,0.18903 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 10 "Rhomboid major; SUBO Suboccipital; TA Tibialis anterior; THEN Thenar eminence." at screen 0.02222,0.16316 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 11 "R, L: the person\047s right and left. PPT: pressure-pain threshold, mean of all presses (3" at screen 0.02222,0.13207 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 12 "planned a point); target rate 30 kPa/s, tip 1 cm². MDC95 (minimal detectable change)," at screen 0.02222,0.10619 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 13 "as given: 60 kPa for every point. It holds where site, rule, rate and tip are those it was" at screen 0.02222,0.08032 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 14 "found with. Source: this clinic, 20 stable people. By chance alone about 0.6 of the 11" at screen 0.02222,0.05444 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 15 "judged points would pass it." at screen 0.02222,0.02857 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
unset border
unset tics
set lmargin at screen 0.00000
set rmargin at screen 1.00000
set tmargin at screen 1.00000
set bmargin at screen 0.00000
set xrange [0:180.00000]
set yrange [191.95822:0]
plot -1 with lines
unset multiplot
