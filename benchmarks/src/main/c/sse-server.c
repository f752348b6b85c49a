// The ground truth of the benchmarks: a single-threaded epoll server that speaks OpenAI's streaming chat API by a timing
// plan (header X-Plan). The text of each token carries this server's CLOCK_MONOTONIC nanoseconds, taken just before the
// token is written; the first one also when its request was read (r=) and when it was due (s=). A client on the same
// host reads the same clock, so it can tell its own error of measurement. ../../../README.md explains the plan.
//
// Ground-truth SSE server. gcc -O3 -o sse-server sse-server.c
#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/resource.h>
#include <sys/prctl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <fcntl.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <time.h>
#include <signal.h>
#include "hist.h"
static inline int64_t now_ns(void){ struct timespec t; clock_gettime(CLOCK_MONOTONIC,&t); return t.tv_sec*1000000000LL+t.tv_nsec; }
typedef struct conn {
  int fd, hidx, hot, want_out, active, sent, tokens, per_write, grid, late_hdr, closing;
  int64_t due, ttft, itl, jit, read_ns;
  char *rb; int rl, rcap;
  char *pend; int pl, po, pcap;
  struct conn *hn;
} conn;
static int ep; static conn **heap; static int hn, hcap;
static hist h_err, h_first; static uint64_t n_tok, n_wr, n_req, n_eagain; static int spin;
static uint64_t rs=88172645463325252ull; static inline uint64_t rnd(void){ rs^=rs<<13; rs^=rs>>7; rs^=rs<<17; return rs; }
static void hswap(int a,int b){ conn*t=heap[a]; heap[a]=heap[b]; heap[b]=t; heap[a]->hidx=a; heap[b]->hidx=b; }
static void up(int i){ while(i>0){ int p=(i-1)/4; if(heap[p]->due<=heap[i]->due) break; hswap(i,p); i=p; } }
static void down(int i){ for(;;){ int b=i; for(int k=1;k<=4;k++){ int c=4*i+k; if(c<hn && heap[c]->due<heap[b]->due) b=c; } if(b==i) break; hswap(i,b); i=b; } }
static void hpush(conn*c){ if(hn==hcap){ hcap=hcap?hcap*2:1024; heap=realloc(heap,hcap*sizeof*heap);} heap[hn]=c; c->hidx=hn; hn++; up(hn-1); }
static void hdel(conn*c){ int i=c->hidx; if(i<0) return; hn--; if(i!=hn){ heap[i]=heap[hn]; heap[i]->hidx=i; up(i); down(heap[i]->hidx);} c->hidx=-1; }
static conn *hot_h,*hot_t;
static void hot_add(conn*c){ if(c->hot) return; c->hot=1; c->hn=0; if(hot_t) hot_t->hn=c; else hot_h=c; hot_t=c; }
static const char HEAD[]="HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n";
// one token = one SSE event = one HTTP chunk
#define EV_A "data: {\"id\":\"chatcmpl-7b5f0c2e9d134d7a\",\"object\":\"chat.completion.chunk\",\"created\":1754700000,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
#define EV_B "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"
#define D16 "0000000000000000"
static char TOK[512], FST[512], TAIL[1024]; static int tokl, fstl, taill, tok_t, f_t,f_r,f_s;
static int mkchunk(char*o,const char*body){ int n=strlen(body); return sprintf(o,"%x\r\n%s\r\n",n,body); }
static void init_tpl(void){
  tokl=mkchunk(TOK,EV_A "t=" D16 " " EV_B); tok_t=strstr(TOK,"t=0")-TOK+2;
  fstl=mkchunk(FST,EV_A "t=" D16 " r=" D16 " s=" D16 " " EV_B);
  f_t=strstr(FST,"t=0")-FST+2; f_r=strstr(FST,"r=0")-FST+2; f_s=strstr(FST,"s=0")-FST+2;
}
static int mktail(char*o,int tokens){ char b[600]; int n=0;
  n+=mkchunk(o+n,"data: {\"id\":\"chatcmpl-7b5f0c2e9d134d7a\",\"object\":\"chat.completion.chunk\",\"created\":1754700000,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\n");
  sprintf(b,"data: {\"id\":\"chatcmpl-7b5f0c2e9d134d7a\",\"object\":\"chat.completion.chunk\",\"created\":1754700000,\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":32,\"total_tokens\":%d,\"completion_tokens\":%d}}\n\n",tokens+32,tokens);
  n+=mkchunk(o+n,b); n+=mkchunk(o+n,"data: [DONE]\n\n"); memcpy(o+n,"0\r\n\r\n",5); return n+5; }
static inline void d16(char*p,int64_t v){ for(int i=15;i>=0;i--){ p[i]='0'+v%10; v/=10; } }
static void cclose(conn*c){ hdel(c); epoll_ctl(ep,EPOLL_CTL_DEL,c->fd,0); close(c->fd); c->fd=-1; c->active=0; if(!c->hot){ free(c->rb); free(c->pend); free(c);} else c->closing=1; }
static void arm(conn*c,int out){ if(c->want_out==out) return; c->want_out=out; struct epoll_event e={.events=EPOLLIN|(out?EPOLLOUT:0),.data.ptr=c}; epoll_ctl(ep,EPOLL_CTL_MOD,c->fd,&e); }
// returns 0 all written, 1 pending, -1 closed
static int cwrite(conn*c,const char*b,int n){
  ssize_t w=0;
  if(c->po==c->pl){ w=send(c->fd,b,n,MSG_NOSIGNAL|MSG_DONTWAIT); n_wr++; if(w<0){ if(errno!=EAGAIN){ cclose(c); return -1;} w=0; n_eagain++; } if(w==n) return 0; c->po=c->pl=0; }
  int r=n-w; if(c->pl+r>c->pcap){ c->pcap=(c->pl+r)*2; c->pend=realloc(c->pend,c->pcap);} memcpy(c->pend+c->pl,b+w,r); c->pl+=r; arm(c,1); return 1; }
static char big[1<<20];
static int process_in(conn*c);
static void finish(conn*c){ c->active=0; n_req++; hdel(c); if(c->rl) process_in(c); }
// emit per_write tokens (plus tail when done)
static int emit(conn*c){
  int n=0, k=0; int64_t due=c->due;
  while(k<c->per_write && c->sent<c->tokens){
    int64_t t=now_ns();
    if(c->sent==0){ if(c->late_hdr){ memcpy(big+n,HEAD,sizeof HEAD-1); n+=sizeof HEAD-1; }
      memcpy(big+n,FST,fstl); d16(big+n+f_t,t); d16(big+n+f_r,c->read_ns); d16(big+n+f_s,due); n+=fstl; if(k==0) hrec(&h_first,t-due); }
    else { memcpy(big+n,TOK,tokl); d16(big+n+tok_t,t); n+=tokl; if(c->itl && k==0) hrec(&h_err,t-due); }
    c->sent++; k++; n_tok++;
  }
  int done=c->sent>=c->tokens;
  if(done) n+=mktail(big+n,c->tokens);
  int r=cwrite(c,big,n); if(r<0) return -1;
  if(done){ finish(c); return 2; }
  return r;
}
static int64_t kv(const char*s,const char*k,int64_t d){ const char*p=s; size_t l=strlen(k); while((p=strstr(p,k))){ if((p==s||p[-1]==','||p[-1]==' '||p[-1]=='&'||p[-1]=='?'||p[-1]==':') && p[l]=='=') return atoll(p+l+1); p+=l; } return d; }
static void stats(conn*c,int reset){ char b[4096]; struct rusage u; getrusage(RUSAGE_SELF,&u); double cpu=u.ru_utime.tv_sec+u.ru_stime.tv_sec+(u.ru_utime.tv_usec+u.ru_stime.tv_usec)/1e6;
  int n=sprintf(b,"tok=%lu wr=%lu req=%lu eagain=%lu cpu=%.3f",n_tok,n_wr,n_req,n_eagain,cpu); n+=hfmt(b+n,1024,"serr",&h_err); n+=hfmt(b+n,1024,"sfirst",&h_first); b[n++]='\n';
  char o[5000]; int m=sprintf(o,"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n",n); memcpy(o+m,b,n); cwrite(c,o,m+n);
  if(reset){ hreset(&h_err); hreset(&h_first); n_tok=n_wr=n_req=n_eagain=0; } }
static int process_in(conn*c){
  while(!c->active && c->rl>0){
    c->rb[c->rl]=0; char*e=strstr(c->rb,"\r\n\r\n"); if(!e) return 0;
    int hl=e-c->rb+4; char sv=*e; *e=0; char*cl=strcasestr(c->rb,"\r\ncontent-length:"); int body=cl?atoi(cl+17):0; 
    char*te=strcasestr(c->rb,"\r\ntransfer-encoding: chunked"); char*p=strcasestr(c->rb,"\r\nx-plan:"); char plan[512]="";
    if(p){ p+=9; char*q=strstr(p,"\r\n"); int n=q?q-p:(int)strlen(p); if(n>500)n=500; memcpy(plan,p,n); plan[n]=0; }
    else { char*q=strchr(c->rb,'?'); char*l=strstr(c->rb,"\r\n"); if(q&&(!l||q<l)){ int n=strcspn(q," "); if(n>500)n=500; memcpy(plan,q,n); plan[n]=0; for(char*z=plan;*z;z++) if(*z=='&') *z=','; } }
    int isget=!strncmp(c->rb,"GET ",4); int st=!strncmp(c->rb,"GET /stats",10), rst=!strncmp(c->rb,"GET /reset",10);
    int close_=strcasestr(c->rb,"\r\nconnection: close")!=0; (void)close_;
    int exp100=strcasestr(c->rb,"\r\nexpect: 100")!=0; *e=sv;
    int tot=hl+body;
    if(te){ char*z=memmem(c->rb+hl,c->rl-hl,"0\r\n\r\n",5); if(!z) return 0; tot=z+5-c->rb; }
    if(c->rl<tot){ if(exp100){} if(tot+1>c->rcap){ c->rcap=tot*2; c->rb=realloc(c->rb,c->rcap);} return 0; }
    if(!p && !isget && body){ char sb=c->rb[tot]; c->rb[tot]=0; char*x=strstr(c->rb+hl,"\"x_plan\":\""); if(x){ x+=10; int n=strcspn(x,"\""); if(n>500)n=500; memcpy(plan,x,n); plan[n]=0; } c->rb[tot]=sb; }
    memmove(c->rb,c->rb+tot,c->rl-tot); c->rl-=tot;
    if(st||rst){ stats(c,rst); continue; }
    if(isget && !plan[0]){ cwrite(c,"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",42-2); continue; }
    c->ttft=kv(plan,"ttft_us",20000)*1000; c->itl=kv(plan,"itl_us",5000)*1000; c->tokens=kv(plan,"tokens",100); { int tj=kv(plan,"tokjit",0); if(tj) c->tokens=1+(int)(c->tokens*(100-tj)/100.0+ (rnd()%1000)/1000.0*c->tokens*2*tj/100.0); } c->per_write=kv(plan,"per_write",1); c->jit=kv(plan,"jit_us",0)*1000; c->grid=kv(plan,"grid",0); c->late_hdr=kv(plan,"late_hdr",0);
    if(c->per_write>2000) c->per_write=2000;
    c->read_ns=now_ns(); c->sent=0; c->active=1; c->due=c->read_ns+c->ttft+(c->jit?(int64_t)(rnd()%c->jit):0);
    if(c->grid&&c->itl) c->due=(c->due/c->itl+1)*c->itl;
    if(!c->late_hdr){ if(cwrite(c,HEAD,sizeof HEAD-1)<0) return -1; }
    hpush(c);
  }
  return 0; }
static void on_in(conn*c){
  for(;;){ if(c->rcap-c->rl<4097){ c->rcap=c->rcap?c->rcap*2:8192; c->rb=realloc(c->rb,c->rcap);} 
    int room=c->rcap-c->rl-1; ssize_t n=recv(c->fd,c->rb+c->rl,room,MSG_DONTWAIT); if(n==0){ cclose(c); return; } if(n<0){ if(errno!=EAGAIN) cclose(c); return; } c->rl+=n; if(process_in(c)<0) return; if(n<room) return; } }
static int on_out(conn*c){ if(c->po<c->pl){ ssize_t w=send(c->fd,c->pend+c->po,c->pl-c->po,MSG_NOSIGNAL|MSG_DONTWAIT); n_wr++; if(w<0){ if(errno!=EAGAIN){ cclose(c); return -1;} return 1; } c->po+=w; if(c->po<c->pl) return 1; }
  c->po=c->pl=0; arm(c,0); if(c->active && c->itl==0 && c->sent>0 && c->hidx<0) hot_add(c); return 0; }
int main(int argc,char**argv){
  int port=argc>1?atoi(argv[1]):8100; if(argc>2&&!strcmp(argv[2],"-b")) spin=1; signal(SIGPIPE,SIG_IGN); prctl(PR_SET_TIMERSLACK,1,0,0,0); struct rlimit rl={60000,60000}; setrlimit(RLIMIT_NOFILE,&rl);
  init_tpl(); ep=epoll_create1(0); int ls=socket(AF_INET,SOCK_STREAM|SOCK_NONBLOCK,0); int one=1; setsockopt(ls,SOL_SOCKET,SO_REUSEADDR,&one,sizeof one);
  struct sockaddr_in a={.sin_family=AF_INET,.sin_port=htons(port),.sin_addr.s_addr=htonl(INADDR_ANY)}; if(bind(ls,(void*)&a,sizeof a)||listen(ls,65535)){ perror("bind"); return 1; }
  struct epoll_event e={.events=EPOLLIN,.data.ptr=0}; epoll_ctl(ep,EPOLL_CTL_ADD,ls,&e);
  static struct epoll_event evs[1024];
  fprintf(stderr,"listening %d tok=%dB\n",port,tokl);
  for(;;){
    struct timespec to,*tp=&to; 
    if(hot_h||spin){ to.tv_sec=to.tv_nsec=0; } else if(hn){ int64_t d=heap[0]->due-now_ns(); if(d<0)d=0; to.tv_sec=d/1000000000; to.tv_nsec=d%1000000000; } else tp=0;
    int n=epoll_pwait2(ep,evs,1024,tp,0);
    for(int i=0;i<n;i++){ conn*c=evs[i].data.ptr;
      if(!c){ for(int k=0;k<256;k++){ int fd=accept4(ls,0,0,SOCK_NONBLOCK); if(fd<0) break; setsockopt(fd,IPPROTO_TCP,TCP_NODELAY,&one,sizeof one); int sb=131072; setsockopt(fd,SOL_SOCKET,SO_SNDBUF,&sb,sizeof sb); conn*x=calloc(1,sizeof*x); x->fd=fd; x->hidx=-1; struct epoll_event q={.events=EPOLLIN,.data.ptr=x}; epoll_ctl(ep,EPOLL_CTL_ADD,fd,&q);} continue; }
      if(c->fd<0) continue;
      if(evs[i].events&EPOLLOUT){ if(on_out(c)<0) continue; }
      if(evs[i].events&(EPOLLIN|EPOLLHUP|EPOLLERR)) on_in(c);
    }
    int lim=64; 
    while(hn && lim--){ int64_t t=now_ns(); conn*c=heap[0]; if(c->due>t) break;
      if(c->itl==0){ hdel(c); hot_add(c); continue; }
      // advance schedule first (absolute), then write
      int r=emit(c); if(r<0||r==2) continue; c->due+=c->itl; if(c->hidx>=0) down(c->hidx); }
    if(hot_h){ conn*l=hot_h; hot_h=hot_t=0; while(l){ conn*c=l; l=c->hn; c->hot=0; if(c->closing){ free(c->rb); free(c->pend); free(c); continue; } if(!c->active) continue; int r=emit(c); if(r==0) hot_add(c); } }
  } }
