using System.Security.Cryptography;
using System.Text;
using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Tests.Resources;

public sealed class ResourceTicketTests
{
    private static readonly Uri Address = new("https://upstream/upload/v1beta/files?upload_id=secret&upload_protocol=resumable");

    [Fact]
    public void Seal_IsOpenedByTheTextOfTheTicketAlone()
    {
        var ticket = ResourceTicket.Create();
        var box = ticket.Seal(Address);

        Assert.True(ResourceTicket.TryParse(ticket.Text, out var again));
        Assert.Equal(ticket.RowName, again.RowName);
        Assert.Equal(Address, again.Open(box));
        Assert.ThrowsAny<CryptographicException>(() => ResourceTicket.Create().Open(box));
    }

    [Fact]
    public void Store_HoldsNothingThatOpensTheUpload()
    {
        var ticket = ResourceTicket.Create();

        Assert.DoesNotContain(ticket.Text, ticket.RowName, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("upload_id", Encoding.Latin1.GetString(ticket.Seal(Address)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("not base64 url at all, and of some length!")]
    public void TryParse_OtherTexts_AreNoTickets(string? text) => Assert.False(ResourceTicket.TryParse(text, out _));
}
