namespace GeminiBalance.Gateway.Settings;

/// <summary>Reads the file at the start and at every reload of the configuration; it does not watch it.</summary>
internal sealed class DotEnvProvider(string path) : ConfigurationProvider
{
    public override void Load() => Data = File.Exists(path) ? DotEnvFile.Parse(File.ReadAllText(path)) : [];
}
