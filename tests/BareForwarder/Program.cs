using System.Net;
using Yarp.ReverseProxy.Forwarder;

// Usage: GeminiBalance.BareForwarder --upstream http://127.0.0.1:9000 [--urls http://127.0.0.1:0]
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
builder.Services.AddHttpForwarder();

var upstream = builder.Configuration["upstream"] ?? throw new InvalidOperationException("--upstream is missing: the address to forward to, such as http://127.0.0.1:9000");

// The settings YARP's own documentation gives for direct forwarding.
using var client = new HttpMessageInvoker(new SocketsHttpHandler
{
    UseProxy = false,
    AllowAutoRedirect = false,
    AutomaticDecompression = DecompressionMethods.None,
    UseCookies = false,
    EnableMultipleHttp2Connections = true,
    ConnectTimeout = TimeSpan.FromSeconds(15),
});

var app = builder.Build();
var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
app.Map("/{**path}", async (HttpContext context) => await forwarder.SendAsync(context, upstream, client));
await app.RunAsync();
