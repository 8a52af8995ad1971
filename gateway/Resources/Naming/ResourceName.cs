using System.Diagnostics.CodeAnalysis;

namespace GeminiBalance.Gateway.Resources;

/// <summary>A name below the upstream's version, such as <c>fileSearchStores/a/documents/b:query</c>.</summary>
/// <param name="Collection">The first segment; <c>operations</c> for those of models, which are kept by themselves.</param>
/// <param name="Root">What is owned: the resource everything below it goes with, such as <c>fileSearchStores/a</c>. Null for a collection.</param>
/// <param name="Path">The whole name without its method.</param>
/// <param name="Method">What stands behind the colon.</param>
internal sealed record ResourceName(string Collection, string? Root, string Path, string? Method)
{
    private const string Operations = "operations";

    /// <summary>Whether the resource itself is named and nothing below it.</summary>
    public bool IsRoot => Root == Path;

    /// <summary>Reads a path. Percent-encoded slashes and colons and a slash at the end are tolerated.</summary>
    /// <returns>Whether it is a name of a collection that the ledger keeps.</returns>
    public static bool TryParse(string? path, [NotNullWhen(true)] out ResourceName? name)
    {
        name = null;
        var text = (path is null ? "" : path.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(path) : path).Trim('/');
        if (text.Length is 0 or > Limits.ResourceNameCharsMax)
        {
            return false;
        }

        var colon = text.LastIndexOf(':');
        var method = colon < 0 ? null : text[(colon + 1)..];
        var resource = colon < 0 ? text : text[..colon];
        var segments = resource.Split('/');
        if (!Array.TrueForAll(segments, IsSegment) || (method is not null && !IsSegment(method)))
        {
            return false;
        }

        var isOfModel = segments is ["models", _, Operations, _];
        var collection = isOfModel ? Operations : segments[0];
        if (!ResourceCollection.IsKnown(collection))
        {
            return false;
        }

        name = new ResourceName(collection, isOfModel ? resource : segments.Length == 1 ? null : $"{segments[0]}/{segments[1]}", resource, method);
        return true;
    }

    /// <summary>The resource that a reference in a request or an answer means: a name, or the upstream's address of it.</summary>
    /// <returns>Null for everything else, such as a video elsewhere.</returns>
    public static ResourceName? OfReference(string? text)
    {
        if (text is null || text.Length > Limits.ResourceReferenceBytesMax)
        {
            return null;
        }

        var path = text;
        if (text.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            // Whatever host: clients also write addresses of this gateway.
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || VersionEnd(uri.AbsolutePath) is not { } end)
            {
                return null;
            }

            path = uri.AbsolutePath[end..];
        }

        return TryParse(path, out var name) && name.Root is not null ? name : null;
    }

    private static int? VersionEnd(string path)
    {
        foreach (var version in (ReadOnlySpan<string>)["/v1beta/", "/v1/", "/v1alpha/"])
        {
            var start = path.LastIndexOf(version, StringComparison.Ordinal);
            if (start >= 0)
            {
                return start + version.Length;
            }
        }

        return null;
    }

    // The name goes into an upstream address: nothing that means more there than here.
    private static bool IsSegment(string segment) => segment.Length > 0 && segment[0] != '.'
        && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '@');
}
