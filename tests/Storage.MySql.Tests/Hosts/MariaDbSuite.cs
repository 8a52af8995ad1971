namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>The tests that share a server. One at a time: some freeze it.</summary>
[CollectionDefinition(Name)]
public sealed class MariaDbSuite : ICollectionFixture<MariaDbFixture>
{
    public const string Name = "MariaDB";
}
