"""Web pages as the content systems of government sites make them, around the paragraphs of a report."""

# ruff: noqa: E501 - pages are written as their makers write them

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

TITLE = "某区2024年法治政府建设年度报告"


def paragraphs(seed: Path) -> list[str]:
    """The lines of a sample report, as they are shown: without indents, runs of blanks as one."""
    lines = (" ".join(line.split()) for line in seed.read_text(encoding="utf-8").split("\n"))
    return [line for line in lines if line]


def trs(body: Sequence[str]) -> str:
    """TRS WCM: meta elements of the national rule, nested editor divisions, values that scripts would fill in."""
    written = "\n".join(f'<p style="text-indent: 2em;" align="justify">　　{line}</p>' for line in body)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>{TITLE}_年度报告_某区人民政府</title>
<meta name="SiteName" content="某区人民政府" /><meta name="ArticleTitle" content="{TITLE}" />
<meta name="PubDate" content="2025-01-20 09:30" /><meta name="ContentSource" content="某区司法局" />
<style>.TRS_Editor P{{line-height:2}}</style><script src="/images/jquery.js"></script></head>
<body><div id="header"><h1 class="logo"><a href="/">某区人民政府</a></h1><form action="/s"><input name="q"/></form>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; <a href="/fz">法治政府</a></div>
<div class="main"><div class="title">{TITLE}</div>
<div class="info"><span>发布时间：2025-01-20 09:30</span><span>来源：某区司法局</span><span>浏览次数：<script>n()</script></span>
<span>字号：<a href="javascript:f(1)">大</a> <a href="javascript:f(2)">中</a> <a href="javascript:f(3)">小</a></span></div>
<div class="view TRS_UEDITOR"><div class="TRS_Editor"><style>.a{{color:red}}</style><div class="Custom_UnionStyle">
{written}
</div></div></div>
<div class="fujian">附件：<a href="./P02025.pdf">{TITLE}.pdf</a></div>
<div class="bdshare">分享到：<a href="#1">微信</a><a href="#2">微博</a></div>
<div class="near"><p><a href="1.html">上一篇：某镇2023年法治政府建设年度报告</a></p></div></div>
<div class="footer"><p>主办：某区人民政府　承办：某区政务服务和数据管理局</p><p>粤ICP备05000001号 网站标识码4401000001</p></div>
<div style="display:none"><p>您访问的链接即将离开本网站，是否继续？本提示由系统自动给出，请您谨慎选择，注意信息安全。</p></div>
</body></html>"""


def jpage(body: Sequence[str]) -> str:
    """大汉 jpage: a table of facts about the information above the article, all of it laid out in tables."""
    written = "".join(f"<P>&nbsp;&nbsp;&nbsp;&nbsp;<SPAN style='FONT-SIZE: 16pt'>{line}</SPAN></P>" for line in body)
    return f"""<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>
<table width=1000 align=center><tr><td><a href=/>首页</a></td><td><a href=/a>信息公开</a></td><td><a href=/b>办事</a></td></tr></table>
<table width=1000 align=center><tr><td width=200 valign=top>
<ul><li><a href=1>信息公开指南</a><li><a href=2>信息公开制度</a><li><a href=3>法定主动公开内容</a></ul></td>
<td valign=top><table class="xxgk_table" border=0>
<tr><td>索引号：</td><td>014000000/2025-00021</td><td>分类：</td><td>法治政府建设 / 报告</td></tr>
<tr><td>发布机构：</td><td>某区人民政府办公室</td><td>发文日期：</td><td>2025-01-22</td></tr>
<tr><td>名称：</td><td colspan=3>{TITLE}</td></tr></table>
<table><tr><td align=center class=title>{TITLE}</td></tr><tr><td><!--<$[信息内容]>start-->
<div id="zoom">{written}</div><!--<$[信息内容]>end--></td></tr>
<tr><td align=right>【<a href="javascript:print()">打印</a>】【<a href="javascript:close()">关闭</a>】</td></tr></table>
</td></tr></table><table align=center><tr><td>版权所有：某区人民政府　苏ICP备05000002号</td></tr></table></body></html>"""


def unclosed(body: Sequence[str]) -> str:
    """An old page that closes hardly a tag: line breaks for paragraphs, everything in one cell of one table."""
    written = "<br>\r\n".join(f"　　{line}" for line in body)
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gbk"></HEAD>
<BODY bgColor=#ffffff><CENTER><A href=index.htm>首页</A> | <A href=a.htm>机构职能</A> | <A href=b.htm>法规规章</A></CENTER>
<TABLE width=760><TR><TD><FONT size=5><B>{TITLE}</B></FONT><BR>来源:某区司法局 发布时间:2025-01-22<BR><BR>
<FONT size=3>{written}
<BR><A href="javascript:history.back()">返回</A>
</TABLE></BODY></HTML>"""


def word(body: Sequence[str]) -> str:
    """A page that Word saved, as office systems send it under the name of a doc file."""
    written = "\n".join(
        f"<p class=MsoNormal style='text-indent:32.0pt'><span lang=EN-US style='font-family:仿宋_GB2312'>{line}"
        "<o:p></o:p></span></p>"
        for line in body
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>张三</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0}} --></style></head><body lang=ZH-CN><div class=WordSection1>
{written}
</div></body></html>"""


PAGES = {
    "TRS": (trs, "gb18030"),
    "jpage": (jpage, "utf-8"),
    "unclosed": (unclosed, "gb18030"),
    "Word": (word, "gb18030"),
}
