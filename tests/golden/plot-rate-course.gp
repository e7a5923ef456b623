unset macros
set encoding utf8
set decimalsign "."
set minussign
set terminal svg size 680,620 fixed noenhanced font "sans-serif,14.667" linewidth 1 background rgb "#ffffff"
mark = 0.6818
set multiplot
unset key
set border 3 linecolor rgb "#6e6e6e"
set tics nomirror out scale 0.6 textcolor rgb "#1a1a1a"
set style fill solid 1.0 noborder
set object rectangle from screen 0.75672,0.95144 to screen 0.98889,0.98781 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 1 "SIMULATED DATA" at screen 0.87281,0.96962 center font "sans-serif Bold,14.667" textcolor rgb "#ffffff" front
set label 2 "P012: rate of pressing, 2026-03-02 to 2026-04-06" at screen 0.02222,0.96520 left font "sans-serif Bold,16.000" textcolor rgb "#1a1a1a" front
set label 3 "234 of 234 accepted presses kept their mean rate inside the corridor; 0 too fast, 0 too" at screen 0.02222,0.92745 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 4 "slow. On average 90 \045 of a ramp was inside." at screen 0.02222,0.89718 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 5 "" at screen 0.03611,0.84862 point pointtype 7 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 6 "target point" at screen 0.05556,0.84862 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 7 "" at screen 0.21944,0.84862 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 8 "other side" at screen 0.23889,0.84862 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 9 "" at screen 0.38346,0.84862 point pointtype 4 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 10 "control point" at screen 0.40291,0.84862 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 11 "" at screen 0.57609,0.84862 point pointtype 8 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 12 "censored (ceiling), not counted" at screen 0.59553,0.84862 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 13 "" at screen 0.03611,0.81834 point pointtype 2 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 14 "rejected, not counted" at screen 0.05556,0.81834 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.31007,0.80737 to screen 0.33785,0.82931 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set label 15 "corridor, the target in its middle" at screen 0.34341,0.81834 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.09972,0.66242 to screen 0.22567,0.72602 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.09972,0.69300 to screen 0.22567,0.69544 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set label 16 "" at screen 0.11393,0.67885 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 17 "" at screen 0.11672,0.69165 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 18 "" at screen 0.11951,0.69071 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 19 "" at screen 0.12229,0.69880 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 20 "" at screen 0.12508,0.69505 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 21 "" at screen 0.12787,0.70820 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 22 "" at screen 0.13065,0.69969 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 23 "" at screen 0.13344,0.69278 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 24 "" at screen 0.13623,0.70439 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 25 "" at screen 0.13901,0.70224 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 26 "" at screen 0.14180,0.69587 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 27 "" at screen 0.14459,0.70830 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 28 "" at screen 0.14737,0.69135 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 29 "" at screen 0.15016,0.70804 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 30 "" at screen 0.15295,0.68917 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 31 "" at screen 0.15573,0.68480 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 32 "" at screen 0.15852,0.68695 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 33 "" at screen 0.16131,0.68526 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 34 "" at screen 0.16409,0.70885 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 35 "" at screen 0.16688,0.68986 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 36 "" at screen 0.16966,0.68746 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 37 "" at screen 0.17245,0.69362 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 38 "" at screen 0.17524,0.70391 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 39 "" at screen 0.17802,0.70687 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 40 "" at screen 0.18081,0.69195 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 41 "" at screen 0.18360,0.69689 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 42 "" at screen 0.18638,0.69920 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 43 "" at screen 0.18917,0.70216 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 44 "" at screen 0.19196,0.69461 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 45 "" at screen 0.19474,0.69561 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 46 "" at screen 0.19753,0.69787 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 47 "" at screen 0.20032,0.70326 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 48 "" at screen 0.20310,0.68589 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 49 "" at screen 0.20589,0.70087 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 50 "" at screen 0.20868,0.70697 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 51 "" at screen 0.21146,0.69457 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set arrow from screen 0.11254,0.69646 to screen 0.21286,0.69646 nohead front linewidth 2.5 dashtype 1 linecolor rgb "#1a1a1a"
set object rectangle from screen 0.14048,0.41961 to screen 0.18492,0.47447 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 52 "2 Mar: 90 \045" at screen 0.16270,0.41047 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.22512,0.66242 to screen 0.35107,0.72602 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.22512,0.69300 to screen 0.35107,0.69544 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set label 53 "" at screen 0.23933,0.68173 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 54 "" at screen 0.24212,0.69420 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 55 "" at screen 0.24490,0.70038 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 56 "" at screen 0.24769,0.70324 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 57 "" at screen 0.25048,0.67917 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 58 "" at screen 0.25326,0.70413 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 59 "" at screen 0.25605,0.68220 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 60 "" at screen 0.25884,0.69332 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 61 "" at screen 0.26162,0.69884 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 62 "" at screen 0.26441,0.70777 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 63 "" at screen 0.26720,0.69113 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 64 "" at screen 0.26998,0.67948 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 65 "" at screen 0.27277,0.69525 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 66 "" at screen 0.27556,0.70021 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 67 "" at screen 0.27834,0.68973 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 68 "" at screen 0.28113,0.70311 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 69 "" at screen 0.28392,0.70504 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 70 "" at screen 0.28670,0.68805 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 71 "" at screen 0.28949,0.68738 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 72 "" at screen 0.29228,0.68072 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 73 "" at screen 0.29506,0.70532 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 74 "" at screen 0.29785,0.68334 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 75 "" at screen 0.30063,0.70807 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 76 "" at screen 0.30342,0.68059 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 77 "" at screen 0.30621,0.68841 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 78 "" at screen 0.30899,0.69670 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 79 "" at screen 0.31178,0.67863 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 80 "" at screen 0.31457,0.70947 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 81 "" at screen 0.31735,0.70635 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 82 "" at screen 0.32014,0.70592 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 83 "" at screen 0.32293,0.71005 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 84 "" at screen 0.32571,0.70692 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 85 "" at screen 0.32850,0.68277 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 86 "" at screen 0.33129,0.67881 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 87 "" at screen 0.33407,0.70897 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 88 "" at screen 0.33686,0.68449 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set arrow from screen 0.23794,0.69444 to screen 0.33825,0.69444 nohead front linewidth 2.5 dashtype 1 linecolor rgb "#1a1a1a"
set object rectangle from screen 0.26587,0.41961 to screen 0.31032,0.47447 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 89 "9 Mar: 90 \045" at screen 0.28810,0.41047 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.35052,0.66242 to screen 0.47647,0.72602 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.35052,0.69300 to screen 0.47647,0.69544 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set label 90 "" at screen 0.36481,0.68462 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 91 "" at screen 0.36776,0.67883 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 92 "" at screen 0.37071,0.70737 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 93 "" at screen 0.37366,0.70339 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 94 "" at screen 0.37661,0.69482 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 95 "" at screen 0.37956,0.70605 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 96 "" at screen 0.38251,0.68647 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 97 "" at screen 0.38546,0.70656 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 98 "" at screen 0.38841,0.70505 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 99 "" at screen 0.39136,0.70512 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 100 "" at screen 0.39431,0.70783 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 101 "" at screen 0.39726,0.68877 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 102 "" at screen 0.40021,0.69162 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 103 "" at screen 0.40317,0.68442 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 104 "" at screen 0.40612,0.70340 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 105 "" at screen 0.40907,0.68131 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 106 "" at screen 0.41202,0.69039 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 107 "" at screen 0.41497,0.68641 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 108 "" at screen 0.41792,0.68880 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 109 "" at screen 0.42087,0.69455 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 110 "" at screen 0.42382,0.69811 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 111 "" at screen 0.42677,0.67992 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 112 "" at screen 0.42972,0.68325 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 113 "" at screen 0.43267,0.68737 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 114 "" at screen 0.43562,0.67923 point pointtype 2 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 115 "" at screen 0.43857,0.70751 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 116 "" at screen 0.44152,0.69568 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 117 "" at screen 0.44447,0.69391 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 118 "" at screen 0.44742,0.69516 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 119 "" at screen 0.45037,0.69879 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 120 "" at screen 0.45332,0.69877 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 121 "" at screen 0.45627,0.68655 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 122 "" at screen 0.45923,0.69003 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 123 "" at screen 0.46218,0.68312 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set arrow from screen 0.36333,0.69376 to screen 0.46365,0.69376 nohead front linewidth 2.5 dashtype 1 linecolor rgb "#1a1a1a"
set object rectangle from screen 0.39127,0.41961 to screen 0.43571,0.47447 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 124 "16 Mar: 90 \045" at screen 0.41349,0.41047 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.47591,0.66242 to screen 0.60187,0.72602 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.47591,0.69300 to screen 0.60187,0.69544 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set label 125 "" at screen 0.49012,0.68750 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 126 "" at screen 0.49291,0.70794 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 127 "" at screen 0.49570,0.70478 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 128 "" at screen 0.49848,0.67950 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 129 "" at screen 0.50127,0.68875 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 130 "" at screen 0.50406,0.68643 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 131 "" at screen 0.50684,0.69831 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 132 "" at screen 0.50963,0.68308 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 133 "" at screen 0.51242,0.68099 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 134 "" at screen 0.51520,0.69115 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 135 "" at screen 0.51799,0.68731 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 136 "" at screen 0.52078,0.67885 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 137 "" at screen 0.52356,0.70445 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 138 "" at screen 0.52635,0.70825 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 139 "" at screen 0.52914,0.70980 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 140 "" at screen 0.53192,0.70607 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 141 "" at screen 0.53471,0.68800 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 142 "" at screen 0.53750,0.70222 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 143 "" at screen 0.54028,0.69811 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 144 "" at screen 0.54307,0.68943 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 145 "" at screen 0.54586,0.68157 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 146 "" at screen 0.54864,0.70525 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 147 "" at screen 0.55143,0.68406 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 148 "" at screen 0.55422,0.68926 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 149 "" at screen 0.55700,0.70211 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 150 "" at screen 0.55979,0.68317 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 151 "" at screen 0.56257,0.68118 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 152 "" at screen 0.56536,0.70552 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 153 "" at screen 0.56815,0.70681 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 154 "" at screen 0.57093,0.67877 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 155 "" at screen 0.57372,0.69022 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 156 "" at screen 0.57651,0.69477 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 157 "" at screen 0.57929,0.70092 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 158 "" at screen 0.58208,0.68283 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 159 "" at screen 0.58487,0.70296 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 160 "" at screen 0.58765,0.69996 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set arrow from screen 0.48873,0.69382 to screen 0.58905,0.69382 nohead front linewidth 2.5 dashtype 1 linecolor rgb "#1a1a1a"
set object rectangle from screen 0.51667,0.41961 to screen 0.56111,0.47447 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 161 "23 Mar pre: 90 \045" at screen 0.53889,0.41047 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.60131,0.66242 to screen 0.72726,0.72602 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.60131,0.69300 to screen 0.72726,0.69544 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set label 162 "" at screen 0.61565,0.69038 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 163 "" at screen 0.61869,0.68162 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 164 "" at screen 0.62173,0.68843 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 165 "" at screen 0.62477,0.68410 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 166 "" at screen 0.62781,0.70836 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 167 "" at screen 0.63085,0.70100 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 168 "" at screen 0.63389,0.68876 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 169 "" at screen 0.63693,0.70415 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 170 "" at screen 0.63997,0.69991 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 171 "" at screen 0.64301,0.68535 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 172 "" at screen 0.64605,0.69506 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 173 "" at screen 0.64909,0.68685 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 174 "" at screen 0.65213,0.67841 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 175 "" at screen 0.65517,0.69719 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 176 "" at screen 0.65821,0.70858 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 177 "" at screen 0.66125,0.69337 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 178 "" at screen 0.66429,0.67899 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 179 "" at screen 0.66733,0.70068 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 180 "" at screen 0.67037,0.68541 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 181 "" at screen 0.67341,0.69022 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 182 "" at screen 0.67645,0.69848 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 183 "" at screen 0.67949,0.69351 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 184 "" at screen 0.68253,0.68163 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 185 "" at screen 0.68557,0.70577 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 186 "" at screen 0.68861,0.70378 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 187 "" at screen 0.69165,0.69848 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 188 "" at screen 0.69468,0.69801 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 189 "" at screen 0.69772,0.70975 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 190 "" at screen 0.70076,0.70855 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 191 "" at screen 0.70380,0.68539 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 192 "" at screen 0.70684,0.68016 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 193 "" at screen 0.70988,0.68549 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 194 "" at screen 0.71292,0.70090 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set arrow from screen 0.61413,0.69357 to screen 0.71444,0.69357 nohead front linewidth 2.5 dashtype 1 linecolor rgb "#1a1a1a"
set object rectangle from screen 0.64206,0.41961 to screen 0.68651,0.47447 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 195 "23 Mar post: 90 \045" at screen 0.66429,0.41047 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.72671,0.66242 to screen 0.85266,0.72602 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.72671,0.69300 to screen 0.85266,0.69544 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set label 196 "" at screen 0.74092,0.69327 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 197 "" at screen 0.74370,0.70868 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 198 "" at screen 0.74649,0.67910 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 199 "" at screen 0.74928,0.68584 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 200 "" at screen 0.75206,0.68230 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 201 "" at screen 0.75485,0.70861 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 202 "" at screen 0.75764,0.68409 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 203 "" at screen 0.76042,0.69009 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 204 "" at screen 0.76321,0.69347 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 205 "" at screen 0.76600,0.68595 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 206 "" at screen 0.76878,0.68418 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 207 "" at screen 0.77157,0.67898 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 208 "" at screen 0.77436,0.70504 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 209 "" at screen 0.77714,0.69549 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 210 "" at screen 0.77993,0.69541 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 211 "" at screen 0.78272,0.68436 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 212 "" at screen 0.78550,0.68768 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 213 "" at screen 0.78829,0.69341 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 214 "" at screen 0.79108,0.70537 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 215 "" at screen 0.79386,0.69937 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 216 "" at screen 0.79665,0.69787 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 217 "" at screen 0.79944,0.70986 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 218 "" at screen 0.80222,0.70307 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 219 "" at screen 0.80501,0.68498 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 220 "" at screen 0.80780,0.70320 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 221 "" at screen 0.81058,0.69555 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 222 "" at screen 0.81337,0.69035 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 223 "" at screen 0.81616,0.68503 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 224 "" at screen 0.81894,0.69576 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 225 "" at screen 0.82173,0.70508 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 226 "" at screen 0.82451,0.70097 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 227 "" at screen 0.82730,0.68492 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 228 "" at screen 0.83009,0.69555 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 229 "" at screen 0.83287,0.69883 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 230 "" at screen 0.83566,0.68524 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 231 "" at screen 0.83845,0.69476 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set arrow from screen 0.73952,0.69392 to screen 0.83984,0.69392 nohead front linewidth 2.5 dashtype 1 linecolor rgb "#1a1a1a"
set object rectangle from screen 0.76746,0.41961 to screen 0.81190,0.47447 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 232 "30 Mar: 90 \045" at screen 0.78968,0.41047 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.85210,0.66242 to screen 0.97806,0.72602 fillcolor rgb "#d9d9d9" fillstyle solid 1.0 noborder behind
set object rectangle from screen 0.85210,0.69300 to screen 0.97806,0.69544 fillcolor rgb "#007a5a" fillstyle solid 1.0 noborder behind
set label 233 "" at screen 0.86631,0.69615 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 234 "" at screen 0.86910,0.68622 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 235 "" at screen 0.87189,0.68049 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 236 "" at screen 0.87467,0.69749 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 237 "" at screen 0.87746,0.69758 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 238 "" at screen 0.88025,0.68828 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 239 "" at screen 0.88303,0.70897 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 240 "" at screen 0.88582,0.69434 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 241 "" at screen 0.88861,0.69688 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 242 "" at screen 0.89139,0.70917 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 243 "" at screen 0.89418,0.68696 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 244 "" at screen 0.89697,0.69156 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 245 "" at screen 0.89975,0.70615 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 246 "" at screen 0.90254,0.70569 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 247 "" at screen 0.90533,0.67915 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 248 "" at screen 0.90811,0.70237 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 249 "" at screen 0.91090,0.70627 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 250 "" at screen 0.91369,0.68201 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 251 "" at screen 0.91647,0.69354 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 252 "" at screen 0.91926,0.68016 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 253 "" at screen 0.92205,0.68255 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 254 "" at screen 0.92483,0.69768 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 255 "" at screen 0.92762,0.68005 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 256 "" at screen 0.93041,0.68113 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 257 "" at screen 0.93319,0.70924 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 258 "" at screen 0.93598,0.68687 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 259 "" at screen 0.93877,0.70450 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 260 "" at screen 0.94155,0.70925 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 261 "" at screen 0.94434,0.69644 point pointtype 7 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 262 "" at screen 0.94713,0.69149 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 263 "" at screen 0.94991,0.68071 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 264 "" at screen 0.95270,0.69801 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 265 "" at screen 0.95549,0.69803 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 266 "" at screen 0.95827,0.70463 point pointtype 6 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 267 "" at screen 0.96106,0.68584 point pointtype 8 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 268 "" at screen 0.96384,0.69563 point pointtype 4 pointsize 0.45*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set arrow from screen 0.86492,0.69511 to screen 0.96524,0.69511 nohead front linewidth 2.5 dashtype 1 linecolor rgb "#1a1a1a"
set object rectangle from screen 0.89286,0.41961 to screen 0.93730,0.47447 fillcolor rgb "#6e6e6e" fillstyle solid 1.0 noborder behind
set label 269 "6 Apr: 90 \045" at screen 0.91508,0.41047 right rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 270 "mean rate (kPa/s)" at screen 0.10000,0.77588 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 271 "ramp in the corridor (\045)" at screen 0.10000,0.50179 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.09333,0.53522 to screen 0.10000,0.53522 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 272 "0" at screen 0.08889,0.53522 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.58822 to screen 0.10000,0.58822 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 273 "10" at screen 0.08889,0.58822 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.64122 to screen 0.10000,0.64122 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 274 "20" at screen 0.08889,0.64122 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.69422 to screen 0.10000,0.69422 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 275 "30" at screen 0.08889,0.69422 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.74722 to screen 0.10000,0.74722 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 276 "40" at screen 0.08889,0.74722 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.10000,0.75464 to screen 0.10000,0.53522 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set arrow from screen 0.10000,0.53522 to screen 0.97778,0.53522 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 277 "100" at screen 0.08889,0.48056 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.48056 to screen 0.97778,0.48056 nohead front linewidth 0.6 dashtype 3 linecolor rgb "#6e6e6e"
set label 278 "0" at screen 0.08889,0.41961 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.09333,0.41961 to screen 0.97778,0.41961 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 279 "Target 30 kPa/s, corridor ±20 \045 (24 to 36 kPa/s), as in the first session. Mean rate:" at screen 0.02222,0.15453 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 280 "least-squares slope between 20 \045 and 90 \045 of the pressure at the response. Line:" at screen 0.02222,0.12425 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 281 "mean of the session. Share: part of that time with the slope over 0.4 s inside the" at screen 0.02222,0.09397 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 282 "corridor, mean of the session. Counted are accepted presses; rejected and censored" at screen 0.02222,0.06370 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 283 "ones are drawn." at screen 0.02222,0.03342 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
unset border
unset tics
set lmargin at screen 0.00000
set rmargin at screen 1.00000
set tmargin at screen 1.00000
set bmargin at screen 0.00000
set xrange [0:180.00000]
set yrange [164.06397:0]
plot -1 with lines
unset multiplot
