// The physical limit of this machine: a closed-loop epoll client without HTTP library, JSON or recorder objects. The
// figures of the Java client are printed as ratios to it, measured in the same interleaved run.
//
// C epoll closed-loop SSE client = physical limit.  gcc -O3 -o sse-client sse-client.c
// ./sse-client PORT C WARM MEAS LAG PLAN
#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/resource.h>
#include <sys/prctl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <time.h>
#include "hist.h"
static inline int64_t now_ns(void){ struct timespec t; clock_gettime(CLOCK_MONOTONIC,&t); return t.tv_sec*1000000000LL+t.tv_nsec; }
typedef struct { int fd; int part; int64_t start,last; long tok; char pb[1024]; } conn;
static hist hF,hA,hE,hAct,hSend,hTT,hITL; static uint64_t ev,reqs,reads; static int meas,lag; static char REQ[2048]; static int reql;
static inline int64_t d16(const char*p){ int64_t v=0; for(int i=0;i<16;i++) v=v*10+(p[i]-'0'); return v; }
static int64_t ttft_planned; static int rcvbuf;
static void sendreq(conn*c){ c->tok=0; c->start=now_ns(); if(send(c->fd,REQ,reql,MSG_NOSIGNAL)!=reql){ perror("send"); exit(1);} }
static inline int line(conn*c,const char*p,int n,int64_t t){ // n excludes \n
  if(n<7||p[0]!='d'||p[5]!=' ') return 0;
  if(p[6]=='['){ if(meas) reqs++; sendreq(c); return 1; }
  if(meas) ev++;
  if(c->last&&c->tok>0&&meas) hrec(&hITL,t-c->last);
  c->last=t; 
  if(lag&&meas){ const char*q=memmem(p+100,n-100,"t=0",3); if(q){ int64_t s=d16(q+2); int64_t l=t-s; hrec(&hA,l); if(c->tok==0){ hrec(&hF,l); const char*r=memmem(q+18,n-(q+18-p),"r=0",3); if(r){ int64_t rd=d16(r+2); hrec(&hSend,rd-c->start); hrec(&hTT,(t-c->start)-(d16(r+21)-rd)); hrec(&hAct,(t-c->start)-(s-rd)); } } } }
  c->tok++; return 0; }
int main(int argc,char**argv){
  int port=atoi(argv[1]),C=atoi(argv[2]); double warm=atof(argv[3]),ms=atof(argv[4]); lag=atoi(argv[5]); char*plan=argv[6];
  struct rlimit rl={60000,60000}; setrlimit(RLIMIT_NOFILE,&rl); prctl(PR_SET_TIMERSLACK,1,0,0,0);
  const char*body="{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Say something about load testing.\"}]}";
  reql=sprintf(REQ,"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nX-Plan: %s\r\nContent-Length: %zu\r\n\r\n%s",plan,strlen(body),body);
  int ep=epoll_create1(0); conn*cs=calloc(C,sizeof*cs); struct sockaddr_in a={.sin_family=AF_INET,.sin_port=htons(port),.sin_addr.s_addr=htonl(INADDR_LOOPBACK)};
  static char buf[262144+2048]; static struct epoll_event evs[4096]; int64_t t0=now_ns(); int opened=0; struct rusage u0,u1; int64_t m0=0;
  for(;;){ int64_t t=now_ns();
    // ramp: open over 1 s
    while(opened<C && (t-t0)>=(int64_t)(1e9*opened/C)){ conn*c=&cs[opened++]; c->fd=socket(AF_INET,SOCK_STREAM,0); int one=1; setsockopt(c->fd,IPPROTO_TCP,TCP_NODELAY,&one,sizeof one); if(connect(c->fd,(void*)&a,sizeof a)){ perror("connect"); exit(1);} struct epoll_event e={.events=EPOLLIN,.data.ptr=c}; epoll_ctl(ep,EPOLL_CTL_ADD,c->fd,&e); sendreq(c); }
    if(!meas && t-t0>warm*1e9){ meas=1; m0=t; getrusage(RUSAGE_SELF,&u0); }
    if(meas && t-m0>ms*1e9) break;
    int n=epoll_wait(ep,evs,4096,opened<C?1:100);
    for(int i=0;i<n;i++){ conn*c=evs[i].data.ptr; memcpy(buf,c->pb,c->part); ssize_t r=recv(c->fd,buf+c->part,262144,MSG_DONTWAIT); if(r<=0){ if(r<0&&errno==EAGAIN) continue; fprintf(stderr,"closed\n"); exit(1);} int64_t ts=now_ns(); reads++;
      char*p=buf,*e=buf+c->part+r; for(;;){ char*nl=memchr(p,'\n',e-p); if(!nl) break; line(c,p,nl-p,ts); p=nl+1; }
      c->part=e-p; if(c->part>1023){ fprintf(stderr,"long\n"); exit(1);} memcpy(c->pb,p,c->part); }
  }
  getrusage(RUSAGE_SELF,&u1); double secs=(now_ns()-m0)/1e9; 
  #define TV(x) (x.tv_sec+x.tv_usec/1e6)
  double cpu=TV(u1.ru_utime)+TV(u1.ru_stime)-TV(u0.ru_utime)-TV(u0.ru_stime);
  char b[4096]; int n=sprintf(b,"RESULT client=c C=%d secs=%.2f events=%lu evps=%.0f reqs=%lu reads=%lu cpu_s=%.3f cpu_per_M=%.3f util=%.2f rss_mb=%.1f",C,secs,ev,ev/secs,reqs,reads,cpu,cpu/(ev/1e6),cpu/secs,u1.ru_maxrss/1024.0);
  if(lag){ n+=hfmt(b+n,600,"first",&hF); n+=hfmt(b+n,600,"all",&hA); n+=hfmt(b+n,600,"send",&hSend); n+=hfmt(b+n,600,"ttfterr",&hTT); n+=hfmt(b+n,600,"ttftact",&hAct);} n+=hfmt(b+n,600,"itl",&hITL); puts(b); }
