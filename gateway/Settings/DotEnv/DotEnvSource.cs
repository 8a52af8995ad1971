namespace GeminiBalance.Gateway.Settings;

/// <summary>A <c>.env</c> file as a source of configuration. An absent file is an empty one.</summary>
internal sealed class DotEnvSource(string path) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new DotEnvProvider(path);
}
