using Microsoft.Extensions.Configuration.CommandLine;

namespace GeminiBalance.Gateway.Settings;

/// <summary>Names in <c>.env</c> and on the command line that nobody knows, but that look like a setting's. The environment holds much that is others'.</summary>
internal static class MistypedNames
{
    public static IEnumerable<(string Name, string Meant)> Find(IConfiguration configuration, SettingCatalog catalog)
    {
        var known = catalog.Definitions.Select(definition => definition.Name).Concat(catalog.Foreign).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return ((configuration as IConfigurationRoot)?.Providers ?? [])
            .Where(provider => provider is DotEnvProvider or CommandLineConfigurationProvider)
            .SelectMany(provider => provider.GetChildKeys([], null))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !known.Contains(name))
            .Select(name => (name, NearestText.Find(name, known)))
            .Where(pair => pair.Item2 is not null)!;
    }
}
