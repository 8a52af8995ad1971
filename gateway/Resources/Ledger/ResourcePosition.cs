using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace GeminiBalance.Gateway.Resources;

/// <summary>A place in the order of a list: newest first, then by name and owner. As text it is a page token.</summary>
/// <param name="CreatedMs">Milliseconds since 1970.</param>
/// <param name="Name">The resource's name.</param>
/// <param name="ClientId">Its owner.</param>
internal sealed record ResourcePosition(long CreatedMs, string Name, string ClientId)
{
    private const char Separator = ' ';

    public static ResourcePosition Of(OwnedResource resource) => new(resource.CreatedAt.ToUnixTimeMilliseconds(), resource.Name, resource.ClientId);

    /// <returns>Null when the text is no token of ours.</returns>
    public static ResourcePosition? Parse(string token)
    {
        if (token.Length > 2 * Limits.ResourceNameCharsMax || !Base64Url.IsValid(token))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(Separator);
        return parts.Length == 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var created)
            ? new ResourcePosition(created, parts[1], parts[2])
            : null;
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{CreatedMs}{Separator}{Name}{Separator}{ClientId}")));
}
