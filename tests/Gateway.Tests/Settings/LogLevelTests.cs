using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class LogLevelTests
{
    [Fact]
    public async Task LogLevel_Changed_IsInForceAtOnce()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["LOG_LEVEL"] = "WARNING";
        var source = builder.AddGatewaySettings(SettingCatalog.Standalone);
        await using var app = builder.Build();
        var ours = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("GeminiBalance.Test");
        var frameworks = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.Test");
        Assert.Equal((false, false), (ours.IsEnabled(LogLevel.Information), frameworks.IsEnabled(LogLevel.Information)));

        source.Override(new Dictionary<string, string> { ["LOG_LEVEL"] = "INFO" });
        Assert.Equal((true, false), (ours.IsEnabled(LogLevel.Information), frameworks.IsEnabled(LogLevel.Information)));
        source.Override(new Dictionary<string, string> { ["LOG_LEVEL"] = "DEBUG" });
        Assert.Equal((true, true), (ours.IsEnabled(LogLevel.Debug), frameworks.IsEnabled(LogLevel.Debug)));
        source.Override(new Dictionary<string, string>());

        Assert.Equal((false, true), (ours.IsEnabled(LogLevel.Information), ours.IsEnabled(LogLevel.Warning)));
    }
}
