using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Tells logging that <c>LOG_LEVEL</c> is another one now.</summary>
internal sealed class LogLevelChanges : IOptionsChangeTokenSource<LoggerFilterOptions>
{
    private LogLevel level;
    private ConfigurationReloadToken token = new();

    public LogLevelChanges(ISettingsSource settings)
    {
        level = settings.Current.LogLevel;
        settings.Changed += Follow;
    }

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => token;

    private void Follow(GatewaySettings settings)
    {
        if (settings.LogLevel != level)
        {
            level = settings.LogLevel;
            Interlocked.Exchange(ref token, new ConfigurationReloadToken()).OnReload();
        }
    }
}
