using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;

return await GatewayStart.RunAsync(args, async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddGatewaySettings();

    var app = builder.Build();

    await app.RunAsync();
});
