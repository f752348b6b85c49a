// Histogram of the two programs beside it.
// tiny HDR-like histogram: 7 bits of sub-bucket precision (<0.8% error), ns
#pragma once
#include <stdint.h>
#include <string.h>
#include <stdio.h>
#define HB 7
typedef struct { uint64_t n, max, min; double sum; uint64_t c[64<<HB]; } hist;
static inline int hidx(uint64_t v){ if(v < (1u<<(HB+1))) return (int)v; int e=63-__builtin_clzll(v); return ((e-HB)<<HB) + (int)(v>>(e-HB)); }
static inline uint64_t hval(int i){ if(i < (1<<(HB+1))) return i; int e=(i>>HB)-1; uint64_t m=(i&((1<<HB)-1))|(1<<HB); return ((m<<e) + ((1ull<<e)>>1)); }
static inline void hrec(hist*h,int64_t v){ if(v<0)v=0; h->n++; h->sum+=v; if((uint64_t)v>h->max)h->max=v; if(h->n==1||(uint64_t)v<h->min)h->min=v; h->c[hidx(v)]++; }
static uint64_t hq(hist*h,double q){ uint64_t t=(uint64_t)(q*h->n+0.5); if(t<1)t=1; uint64_t s=0; for(int i=0;i<(64<<HB);i++){ s+=h->c[i]; if(s>=t){uint64_t v=hval(i); return v>h->max?h->max:v;} } return h->max; }
static void hreset(hist*h){ memset(h,0,sizeof *h); }
static int hfmt(char*b,size_t n,const char*nm,hist*h){ return snprintf(b,n," %s_n=%lu %s_p50=%.1f %s_p90=%.1f %s_p99=%.1f %s_p999=%.1f %s_max=%.1f",nm,h->n,nm,hq(h,.5)/1e3,nm,hq(h,.9)/1e3,nm,hq(h,.99)/1e3,nm,hq(h,.999)/1e3,nm,h->max/1e3); }
